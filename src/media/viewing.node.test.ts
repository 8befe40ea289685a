import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it, mock } from 'node:test';
import { Viewing } from './viewing.ts';

const size = (width: number, height: number, visible = true) => ({ width, height, visible });
const microtask = () => Promise.resolve();

describe('Viewing', () => {
  beforeEach(() => { mock.timers.enable({ apis: ['setTimeout'] }); });
  afterEach(() => { mock.timers.reset(); });

  function viewing() {
    const view = new Viewing(new AbortController().signal);
    const told: string[] = [];
    const connect = (id: string) => {
      const end = new AbortController();
      view.onChanged(id, () => { told.push(`${id}: ${view.of(id).map(({ source, width, height }) => `${source} ${width}x${height}`).join()}`); }, { signal: end.signal });
      return end;
    };
    return { view, told, connect };
  }

  it('asks for nothing less while nothing is on display, or a display has not said', async () => {
    const { view } = viewing();
    assert.deepEqual(view.of('ada'), []);
    view.show('ada', 'camera');
    await microtask();
    assert.deepEqual(view.of('ada'), []);
  });

  it('is the largest of those that are seen, in whole steps', async () => {
    const { view } = viewing();
    view.show('ada', 'camera').set(size(100, 300));
    view.show('ada', 'camera').set(size(200, 90));
    view.show('ada', 'camera').set(size(900, 900, false));
    view.show('ada', 'screen').set(size(900, 900, false));
    assert.deepEqual(view.of('ada'), [{ source: 'camera', width: 208, height: 304 }, { source: 'screen', width: 0, height: 0 }]);
    await microtask();
  });

  it('is the whole picture where one of them wants it', async () => {
    const { view } = viewing();
    view.show('ada', 'camera').set(size(100, 100));
    const recorder = view.show('ada', 'camera');
    assert.deepEqual(view.of('ada'), []);
    recorder.end();
    assert.equal(view.of('ada').length, 1);
    await microtask();
  });

  it('tells once a task, at once, and then not before it is quiet for a while', async () => {
    const { view, told, connect } = viewing();
    connect('ada');
    connect('bo');
    const [ada, bo] = [view.show('ada', 'camera'), view.show('bo', 'camera')];
    ada.set(size(100, 100));
    bo.set(size(100, 100));
    ada.set(size(50, 50));
    await microtask();
    assert.deepEqual(told.splice(0), ['ada: camera 64x64', 'bo: camera 112x112']);
    for (let px = 50; px < 150; px++) { ada.set(size(px, px)); await microtask(); }
    assert.deepEqual(told, []);
    mock.timers.tick(200);
    assert.deepEqual(told.splice(0), ['ada: camera 160x160']);
    ada.set(size(155, 155));
    mock.timers.tick(400);
    assert.deepEqual(told, []); // The same steps.
  });

  it('is not seen when the last display has ended, and forgotten when they are gone', async () => {
    const { view, told, connect } = viewing();
    const pc = connect('ada');
    const display = view.show('ada', 'camera');
    display.set(size(100, 100));
    await microtask();
    display.end();
    display.end();
    mock.timers.tick(200);
    assert.deepEqual(told, ['ada: camera 112x112', 'ada: camera 0x0']);
    pc.abort();
    view.forget('ada');
    assert.deepEqual(view.of('ada'), []);
  });

  it('keeps what is on display when they are gone, and nothing that ended after', async () => {
    const { view } = viewing();
    const display = view.show('ada', 'camera');
    display.set(size(100, 100));
    await microtask();
    view.forget();
    assert.equal(view.of('ada').length, 1);
    display.end();
    mock.timers.tick(200);
    assert.deepEqual(view.of('ada'), []);
  });
});
