import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ActiveSpeaker } from './active-speaker.ts';

/** Looks every 200 ms. */
class Stage {
  readonly speaker = new ActiveSpeaker();
  #nowMs = 0;

  /** @returns who speaks at the end of so many milliseconds of these levels */
  hear(levels: Record<string, number>, forMs: number): string | undefined {
    let current: string | undefined;
    for (const endMs = this.#nowMs + forMs; this.#nowMs < endMs; this.#nowMs += 200) {
      current = this.speaker.hear(new Map(Object.entries(levels)), this.#nowMs);
    }
    return current;
  }
}

describe('ActiveSpeaker', () => {
  it('is nobody while nobody speaks', () => {
    const stage = new Stage();
    assert.equal(stage.hear({}, 1000), undefined);
    assert.equal(stage.hear({ ada: 0.001, bo: 0 }, 5000), undefined);
  });

  it('is nobody who coughs, and who goes on speaking', () => {
    const stage = new Stage();
    assert.equal(stage.hear({ ada: 0.3 }, 200), undefined);
    assert.equal(stage.hear({ ada: 0 }, 3000), undefined);
    assert.equal(stage.hear({ ada: 0.3 }, 800), 'ada');
  });

  it('stays with whoever spoke last', () => {
    const stage = new Stage();
    stage.hear({ ada: 0.2, bo: 0 }, 2000);
    assert.equal(stage.hear({ ada: 0, bo: 0 }, 60_000), 'ada');
  });

  it('stays over a breath, and changes to who answers', () => {
    const stage = new Stage();
    stage.hear({ ada: 0.2, bo: 0 }, 2000);
    assert.equal(stage.hear({ ada: 0, bo: 0.1 }, 600), 'ada');
    assert.equal(stage.hear({ ada: 0.2, bo: 0 }, 600), 'ada');
    assert.equal(stage.hear({ ada: 0, bo: 0.1 }, 4000), 'bo');
  });

  it('changes to one of two who speak at once only if they are clearly louder', () => {
    const stage = new Stage();
    stage.hear({ ada: 0.2, bo: 0 }, 2000);
    assert.equal(stage.hear({ ada: 0.2, bo: 0.25 }, 10_000), 'ada');
    assert.equal(stage.hear({ ada: 0.2, bo: 0.4 }, 2000), 'bo');
  });

  it('is the loudest of those who begin together', () => {
    assert.equal(new Stage().hear({ ada: 0.1, bo: 0.3, cy: 0.2 }, 1000), 'bo');
  });

  it('forgets who has gone', () => {
    const stage = new Stage();
    stage.hear({ ada: 0.2, bo: 0 }, 2000);
    assert.equal(stage.hear({ bo: 0 }, 200), undefined);
    assert.equal(stage.hear({ ada: 0.2, bo: 0 }, 200), undefined);
  });
});
