import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isEmojiOnly, piecesOf } from './rich-text.ts';

const linksOf = (text: string) => piecesOf(text).flatMap((piece) => typeof piece === 'string' ? [] : [piece.text]);
const joined = (text: string) => piecesOf(text).map((piece) => typeof piece === 'string' ? piece : piece.text).join('');

describe('piecesOf', () => {
  const cases: readonly [text: string, links: readonly string[]][] = [
    ['see https://example.com/a?b=c#d, please', ['https://example.com/a?b=c#d']],
    ['(https://example.com/a_(b)) and http://x.test.', ['https://example.com/a_(b)', 'http://x.test']],
    ['HTTPS://EXAMPLE.COM!', ['HTTPS://EXAMPLE.COM']],
    ['https://bücher.example/…', ['https://bücher.example/']],
    ['javascript:alert(1) data:text/html,x ftp://x.test file:///etc/passwd', []],
    ['https://', []],
    ['https://bank.example@evil.test/', []],
    ['https://a:b@evil.test/', []],
    ['https://x.test/a\u202egpj.exe', ['https://x.test/a']],
    ['<a href="https://x.test/">', ['https://x.test/']],
    ['xhttps://x.test', []],
    ['a\nb', []],
    ['', []],
  ];
  for (const [text, links] of cases) {
    it(`finds ${links.join(' ') || 'nothing'} in ${JSON.stringify(text)}`, () => {
      assert.deepEqual(linksOf(text), links);
      assert.equal(joined(text), text);
    });
  }

  it('takes a line of 4,000 brackets in no time', () => {
    const startMs = performance.now();
    piecesOf(`https://x.test/${')'.repeat(3980)}`);
    piecesOf(`https://x.test/${'.)'.repeat(1990)}`);
    assert.ok(performance.now() - startMs < 200);
  });
});

describe('isEmojiOnly', () => {
  for (const text of ['👍', '🎉🎉🎉', '👩‍👩‍👧 👍🏽', '❤️', '🇩🇪', '1️⃣', ' 😀\n']) it(`is ${text}`, () => { assert.ok(isEmojiOnly(text)); });
  for (const text of ['', 'ok 👍', '👍👍👍👍👍👍👍', '1', '#', '12', ':)', '👍'.repeat(40)]) it(`is not ${text || 'nothing'}`, () => { assert.ok(!isEmojiOnly(text)); });
});
