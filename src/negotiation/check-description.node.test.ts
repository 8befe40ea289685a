import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { checkDescription, fingerprintFromHex } from './check-description.ts';
import type { GateProblem } from './check-description.ts';

const read = (name: string) => readFileSync(new URL(`../../test/fixtures/${name}.sdp`, import.meta.url), 'utf8');
/** What Chromium 140 wrote: audio, video and data, bundled, a fingerprint in each section. */
const OFFER = read('chromium-offer');
const ANSWER = read('chromium-answer');
const LINE = /a=fingerprint:.*/g;
const HEX = /fingerprint:sha-256 (\S+)/.exec(OFFER)?.[1] ?? '';
const FP = fingerprintFromHex(HEX);
const OTHER = HEX.split(':').reverse().join(':');

const problem = (sdp: string, expected: string | null = FP): GateProblem | 'ok' => {
  const checked = checkDescription(sdp, expected ?? undefined);
  return checked.ok ? 'ok' : checked.problem;
};
/** The offer with its nth fingerprint line made another. */
const withLine = (n: number, line: string) => {
  let at = 0;
  return OFFER.replace(LINE, (old) => (at++ === n ? line : old));
};
/** A line of the session's own, in front of the first section. */
const atSession = (line: string) => OFFER.replace('\r\nm=', `\r\n${line}\r\nm=`);
const inSection = (n: number, line: string) => {
  let at = 0;
  return OFFER.replace(/a=mid:\d+/g, (mid) => (at++ === n ? `${line}\r\n${mid}` : mid));
};

describe('checkDescription', () => {
  it('lets a real offer and its answer through, and tells the fingerprint and the session', () => {
    assert.deepEqual(checkDescription(OFFER, undefined), { ok: true, fp: FP, sessionId: /o=- (\d+)/.exec(OFFER)?.[1] });
    assert.equal(problem(OFFER), 'ok');
    assert.equal(problem(ANSWER, null), 'ok');
  });

  it('refuses both when another fingerprint is expected', () => {
    assert.equal(problem(OFFER, fingerprintFromHex(OTHER)), 'fingerprint-differs');
    assert.equal(problem(ANSWER), 'fingerprint-differs');
  });

  for (const n of [0, 1, 2]) {
    it(`refuses a swapped fingerprint in section ${n}, pinned or not`, () => {
      for (const expected of [FP, null]) assert.equal(problem(withLine(n, `a=fingerprint:sha-256 ${OTHER}`), expected), 'fingerprint-differs');
    });
    it(`refuses a second fingerprint in section ${n}`, () => {
      assert.equal(problem(inSection(n, `a=fingerprint:sha-256 ${OTHER}`)), 'fingerprint-differs');
    });
  }

  it('refuses another fingerprint on any line, however it is written', () => {
    const descriptions = [OFFER, atSession(`a=fingerprint:sha-256 ${HEX}`)];
    fc.assert(fc.property(
      fc.constantFrom(...descriptions), fc.nat(), fc.constantFrom('', ' ', '\t'),
      fc.mixedCase(fc.constant('fingerprint')), fc.mixedCase(fc.constant('sha-256')), fc.nat({ max: 31 }), fc.boolean(),
      (sdp, at, space, name, algorithm, octet, replaced) => {
        const octets = HEX.split(':');
        octets[octet] = octets[octet] === '00' ? '01' : '00';
        const line = `${space}a=${space}${name}:${algorithm} ${octets.join(':')}`;
        const lines = sdp.split('\r\n');
        const prints = lines.flatMap((one, index) => (one.startsWith('a=fingerprint') ? [index] : []));
        // In front of any line but the first, or in place of a true one.
        if (replaced) lines[prints[at % prints.length]!] = line; else lines.splice(1 + at % (lines.length - 1), 0, line);
        assert.equal(problem(lines.join('\r\n')), 'fingerprint-differs');
      },
    ), { numRuns: 300 });
  });

  it('takes any text without throwing', () => {
    const lines = fc.array(fc.constantFrom(...OFFER.split('\r\n'), 'm=', 'a=mid:', 'v=0')).map((all) => all.join('\r\n'));
    fc.assert(fc.property(fc.oneof(fc.string(), lines), (sdp) => {
      const checked = checkDescription(sdp, FP);
      if (checked.ok) assert.equal(checked.fp, FP);
    }));
  });

  const lines: readonly (readonly [what: string, line: string, expected: GateProblem | 'ok'])[] = [
    ['the same fingerprint at session level', `a=fingerprint:sha-256 ${HEX}`, 'ok'],
    ['another at session level', `a=fingerprint:sha-256 ${OTHER}`, 'fingerprint-differs'],
    ['the same in lower case', `a=fingerprint:SHA-256 ${HEX.toLowerCase()}`, 'ok'],
    ['another under an upper-case name', `a=FINGERPRINT:sha-256 ${OTHER}`, 'fingerprint-differs'],
    ['another under an upper-case type', `A=fingerprint:sha-256 ${OTHER}`, 'fingerprint-differs'],
    ['another behind spaces', ` a = fingerprint : sha-256 ${OTHER}`, 'fingerprint-differs'],
    ['another behind tabs', `\ta=fingerprint:\tsha-256\t${OTHER}`, 'fingerprint-differs'],
    ['another with a space at its end', `a=fingerprint:sha-256 ${OTHER} `, 'fingerprint-differs'],
    ['a sha-1 one', `a=fingerprint:sha-1 ${HEX.slice(0, 59)}`, 'weak-fingerprint'],
    ['a sha-512 one', `a=fingerprint:sha-512 ${HEX}:${HEX}`, 'weak-fingerprint'],
    ['one of an unknown hash', `a=fingerprint:sha-256x ${HEX}`, 'weak-fingerprint'],
    ['an empty one', 'a=fingerprint:', 'weak-fingerprint'],
    ['one without a value', 'a=fingerprint:sha-256', 'malformed'],
    ['a short one', `a=fingerprint:sha-256 ${HEX.slice(3)}`, 'malformed'],
    ['a long one', `a=fingerprint:sha-256 ${HEX}:00`, 'malformed'],
    ['one with something behind it', `a=fingerprint:sha-256 ${HEX} ${OTHER}`, 'malformed'],
    ['one that is no hex', `a=fingerprint:sha-256 ${HEX.replace(/^../, 'XY')}`, 'malformed'],
    ['one after a lone CR', `a=x:1\ra=fingerprint:sha-256 ${OTHER}`, 'malformed'],
    ['one after CR CR LF', `a=x:1\r\r\na=fingerprint:sha-256 ${HEX}`, 'malformed'],
    ['one after a lone LF', `a=x:1\na=fingerprint:sha-256 ${OTHER}`, 'fingerprint-differs'],
    ...['\u0000', '\u000b', '\u000c', '\u0085', '\u2028', '\u2029'].map((char) => [
      `one after U+${char.charCodeAt(0).toString(16).padStart(4, '0')}`, `a=x:1${char}a=fingerprint:sha-256 ${OTHER}`, 'malformed',
    ] as [string, string, GateProblem]),
  ];
  for (const [what, line, expected] of lines) {
    it(`${expected === 'ok' ? 'takes' : 'refuses'} ${what}`, () => {
      assert.equal(problem(atSession(line)), expected);
      assert.equal(problem(inSection(2, line)), expected);
    });
  }

  const shapes: readonly (readonly [what: string, sdp: string, expected: GateProblem | 'ok'])[] = [
    ['no fingerprint at all', OFFER.replace(/a=fingerprint:.*\r\n/g, ''), 'no-fingerprint'],
    ['one at session level only', atSession(`a=fingerprint:sha-256 ${HEX}`).replace(/(m=[^]*?)a=fingerprint:.*\r\n/g, '$1'), 'ok'],
    ['LF alone as line end', OFFER.replaceAll('\r\n', '\n'), 'ok'],
    ['no BUNDLE group', OFFER.replace(/a=group:BUNDLE.*\r\n/, ''), 'not-bundled'],
    ['a section outside the group', OFFER.replace('BUNDLE 0 1 2', 'BUNDLE 0 1'), 'not-bundled'],
    ['a section whose name only begins like one in the group', OFFER.replace('BUNDLE 0 1 2', 'BUNDLE 0 1 22'), 'not-bundled'],
    ['a section without a name', OFFER.replace('a=mid:1\r\n', ''), 'not-bundled'],
    ['a group that stands in a section', OFFER.replace(/(a=group:BUNDLE.*\r\n)([^]*)a=mid:0/, '$2$1a=mid:0'), 'not-bundled'],
    ['a rejected section outside the group', OFFER.replace('BUNDLE 0 1 2', 'BUNDLE 0 2').replace(/m=video \d+/, 'm=video 0'), 'ok'],
    ['a bundle-only section outside the group',
      OFFER.replace('BUNDLE 0 1 2', 'BUNDLE 0 2').replace(/m=video \d+/, 'm=video 0').replace('a=mid:1', 'a=bundle-only\r\na=mid:1'), 'not-bundled'],
    ['a port that is 0 only as a number', OFFER.replace('BUNDLE 0 1 2', 'BUNDLE 0 2').replace(/m=video \d+/, 'm=video 00'), 'not-bundled'],
    ['a rejected section with another fingerprint', withLine(1, `a=fingerprint:sha-256 ${OTHER}`).replace(/m=video \d+/, 'm=video 0'), 'fingerprint-differs'],
    ['no origin line', OFFER.replace(/o=.*\r\n/, ''), 'malformed'],
    ['an origin line in a section only', OFFER.replace(/(o=.*\r\n)([^]*)a=mid:0/, '$2$1a=mid:0'), 'malformed'],
    ['nothing', '', 'no-fingerprint'],
    ['32 sections', OFFER + 'm=audio 0 UDP/TLS/RTP/SAVPF 0\r\n'.repeat(29), 'ok'],
    ['33 sections', OFFER + 'm=audio 0 UDP/TLS/RTP/SAVPF 0\r\n'.repeat(30), 'too-many-sections'],
  ];
  for (const [what, sdp, expected] of shapes) {
    it(`${expected === 'ok' ? 'takes' : 'refuses'} ${what}`, () => { assert.equal(problem(sdp), expected); });
  }

  it('is quick about the largest text that the wire carries', () => {
    for (const filler of ['a=fingerprint:', ' ', '\t', 'm=\r\n', 'a=group:BUNDLE ', '\r\n']) {
      const start = performance.now();
      problem(filler.repeat(65_536 / filler.length));
      assert.ok(performance.now() - start < 500, `${JSON.stringify(filler)} took ${performance.now() - start} ms`);
    }
  });
});
