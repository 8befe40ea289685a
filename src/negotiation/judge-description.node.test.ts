import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { judgeDescription } from './judge-description.ts';
import type { Judgement, NegotiationFacts } from './judge-description.ts';

const BOTH = [false, true] as const;
const STATES = ['stable', 'have-local-offer', 'have-remote-offer', 'have-local-pranswer', 'have-remote-pranswer', 'closed'] as const;
const all: NegotiationFacts[] = (['offer', 'answer'] as const).flatMap((type) => BOTH.flatMap((polite) => BOTH.flatMap((makingOffer) =>
  BOTH.flatMap((settingAnswer) => STATES.map((signalingState) => ({ type, polite, makingOffer, settingAnswer, signalingState }))))));

/** What collides is decided by politeness alone; `?` stands for "yield" at the polite side and "ignore" at the other. */
const OFFERS: Readonly<Record<string, string>> = {
  // makingOffer settingAnswer, over STATES
  'false false': 'accept ? ? ? ? ?',
  'false true': 'accept accept accept accept accept accept',
  'true false': '? ? ? ? ? ?',
  'true true': '? ? ? ? ? ?',
};

describe('judgeDescription', () => {
  for (const facts of all.filter(({ type }) => type === 'offer')) {
    const { polite, makingOffer, settingAnswer, signalingState } = facts;
    const cell = OFFERS[`${makingOffer} ${settingAnswer}`]?.split(' ')[STATES.indexOf(signalingState)] ?? '';
    const expected = cell.replace('?', polite ? 'yield' : 'ignore') as Judgement;
    const when = `${makingOffer ? 'making an offer, ' : ''}${settingAnswer ? 'setting an answer, ' : ''}${signalingState}`;
    it(`${expected}s an offer at the ${polite ? 'polite' : 'impolite'} side: ${when}`, () => {
      assert.equal(judgeDescription(facts), expected);
    });
  }

  it('accepts an answer only to the offer that is pending, once', () => {
    for (const facts of all.filter(({ type }) => type === 'answer')) {
      const expected = facts.signalingState === 'have-local-offer' && !facts.settingAnswer ? 'accept' : 'ignore';
      assert.equal(judgeDescription(facts), expected, JSON.stringify(facts));
    }
  });

  it('never lets both sides ignore, or both yield, when two offers cross', () => {
    for (const facts of all.filter(({ type }) => type === 'offer')) {
      const judged = BOTH.map((polite) => judgeDescription({ ...facts, polite }));
      assert.ok(judged.every((one) => one === 'accept') || judged.join() === 'ignore,yield', JSON.stringify(facts));
    }
  });
});
