import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it, mock } from 'node:test';
import { SHRINK_MS, ShownSizes } from './shown-sizes.ts';

describe('ShownSizes', () => {
  beforeEach(() => { mock.timers.enable({ apis: ['setTimeout'] }); });
  afterEach(() => { mock.timers.reset(); });

  function sizes(...texts: string[][]) {
    const end = new AbortController();
    let changes = 0;
    const shown = new ShownSizes(end.signal, () => { changes++; });
    const hear = (...list: string[]) => {
      shown.hear(list.map((text) => {
        const [source = '', width, height] = text.split(' ');
        return { source, width: Number(width), height: Number(height) };
      }));
    };
    for (const list of texts) hear(...list);
    return { end, hear, of: (source: string) => { const { width, height } = shown.of(source); return `${width} ${height}`; }, changes: () => changes };
  }

  it('is the whole picture where nothing was said', () => { assert.equal(sizes().of('camera'), 'Infinity Infinity'); });
  it('takes the first word at once', () => { assert.equal(sizes(['camera 0 0']).of('camera'), '0 0'); });
  it('grows at once, each side by itself', () => {
    const { of } = sizes(['camera 100 100'], ['camera 50 200']);
    assert.equal(of('camera'), '100 200');
  });
  it('shrinks after a while, once', () => {
    const { of, changes } = sizes(['camera 100 100'], ['camera 50 50']);
    mock.timers.tick(SHRINK_MS - 1);
    assert.equal(of('camera'), '100 100');
    mock.timers.tick(1);
    assert.deepEqual([of('camera'), changes()], ['50 50', 3]);
  });
  it('does not shrink what has grown again meanwhile', () => {
    const { of, hear } = sizes(['camera 100 100'], ['camera 0 0']);
    mock.timers.tick(SHRINK_MS - 1);
    hear('camera 100 100');
    mock.timers.tick(SHRINK_MS);
    assert.equal(of('camera'), '100 100');
  });
  it('is the whole picture again where it is not spoken of any more', () => {
    assert.equal(sizes(['camera 0 0'], []).of('camera'), 'Infinity Infinity');
  });
  it('shrinks what was not spoken of before', () => {
    const { of } = sizes([], ['camera 10 10']);
    assert.equal(of('camera'), 'Infinity Infinity');
    mock.timers.tick(SHRINK_MS);
    assert.equal(of('camera'), '10 10');
  });
  it('changes nothing after its end', () => {
    const { of, end } = sizes(['camera 100 100'], ['camera 0 0']);
    end.abort();
    mock.timers.tick(SHRINK_MS);
    assert.equal(of('camera'), '100 100');
  });
});
