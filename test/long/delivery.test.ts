import { breakAtRandom } from '../support/breaks.ts';

const EACH = 10;

/** In a browser, by `delivery.node.test.ts`. */
describe('what must arrive', () => {
  for (let first = 1; first <= 200; first += EACH) {
    it(`arrives once and in order, whatever breaks (seeds ${first} to ${first + EACH - 1})`, async () => {
      for (let seed = first; seed < first + EACH; seed++) await breakAtRandom(seed);
    }).timeout(120_000);
  }

  it('arrives where more is made anew than is let through', async () => {
    for (const seed of [1, 16]) await breakAtRandom(seed, { descriptionsBurst: 30 });
  }).timeout(120_000);
});
