import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { randomFrom } from '../../test/support/random.ts';
import { cleanFileName } from './file-name.ts';

const bytesOf = (text: string) => new TextEncoder().encode(text).length;

describe('cleanFileName', () => {
  const names: readonly (readonly [given: string, clean: string])[] = [
    ['report.pdf', 'report.pdf'],
    ['../../etc/passwd', 'passwd'],
    ['C:\\Windows\\system32\\x.dll', 'x.dll'],
    ['a/b/', 'b'],
    ['', 'file'],
    ['...', 'file'],
    ['/', 'file'],
    ['\u202E', 'file'],
    ['.bashrc', 'bashrc'],
    ['photo\u202Egnp.exe', 'photo gnp.exe'],
    ['a\u0000b\r\nc.txt', 'a b c.txt'],
    ['a\u2028b\u00A0 c', 'a b c'],
    ['evil.exe.', 'evil.exe'],
    ['evil.exe . . ', 'evil.exe'],
    ['a<b>:c"|?*.txt', 'a_b__c____.txt'],
    ['x.txt:stream', 'x.txt_stream'],
    ['con', '_con'],
    ['NUL.txt', '_NUL.txt'],
    ['com1 .log', '_com1 .log'],
    ['lpt²', '_lpt²'],
    ['console.log', 'console.log'],
    ['e\u0301.txt', 'é.txt'],
    ['\uD800x', 'x'],
    ['نامه\u200Cها.txt', 'نامه\u200Cها.txt'],
    ['a\uFF0Fb\u2215c', 'a_b_c'],
  ];
  for (const [given, clean] of names) {
    it(`makes ${JSON.stringify(clean)} of ${JSON.stringify(given)}`, () => { assert.equal(cleanFileName(given), clean); });
  }

  it('cuts the stem and keeps the extension', () => {
    const clean = cleanFileName(`${'ü'.repeat(500)}.tar.gz`);
    assert.ok(clean.endsWith('ü.gz') && bytesOf(clean) <= 255 && bytesOf(clean) > 245, clean);
    assert.ok(bytesOf(cleanFileName(`a.${'x'.repeat(500)}`)) <= 255);
  });

  it('holds for anything, and changes nothing a second time', () => {
    const seed = Date.now();
    const random = randomFrom(seed);
    const pieces = ['/', '\\', '.', ' ', 'con', 'nul', 'aux.', 'a', 'é', 'e\u0301', '\u202E', '\u200C', '\u200D', '\uFEFF', '\uD83D', '\uDE00',
      '😀', ':', '*', '\n', '\0', '\u3164', 'ﬁ', '\u1100', '\u1161', 'x'.repeat(120), '\u0344', '\u2126', '\uFF0F'];
    for (let round = 0; round < 20_000; round++) {
      let name = '';
      for (let i = Math.floor(random() * 12); i >= 0; i--) {
        name += random() < 0.8 ? pieces[Math.floor(random() * pieces.length)]! : String.fromCodePoint(Math.floor(random() * 0x11_0000));
      }
      const clean = cleanFileName(name);
      const what = `seed ${seed}, round ${round}: ${JSON.stringify(name)} -> ${JSON.stringify(clean)}`;
      assert.ok(clean !== '' && bytesOf(clean) <= 255 && !/\p{Cs}/u.test(clean), what);
      assert.doesNotMatch(clean, /[/\\<>:"|?*]|^[. ]|[. ]$|[\p{Cc}\p{Co}\u202A-\u202E\u2066-\u2069\u200E\u200F\uFEFF]/u, what);
      assert.doesNotMatch(clean, /^(con|nul|aux)(\.|$)/i, what);
      assert.equal(cleanFileName(clean), clean, what);
    }
  });
});
