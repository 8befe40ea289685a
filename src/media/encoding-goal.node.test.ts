import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { audioGoal, videoGoal } from './encoding-goal.ts';
import { resolveEncodings } from './encodings.ts';
import type { VideoEncoding } from './encodings.ts';

const VGA = { width: 640, height: 480 };
const HD = { width: 1280, height: 720 };
const WHOLE = { width: Infinity, height: Infinity };
const none = undefined;

describe('videoGoal', () => {
  const rows: readonly (readonly [
    what: string, settings: VideoEncoding, picture: typeof VGA | undefined, shown: typeof VGA, active: boolean, scale: number, bitrate: number | undefined,
  ])[] = [
    ['sends all where nobody asked', {}, HD, WHOLE, true, 1, none],
    ['sends all to a larger tile', {}, VGA, HD, true, 1, none],
    ['sends all to a tile a little smaller', {}, HD, { width: 960, height: 540 }, true, 1, none],
    ['sends half to half', {}, HD, { width: 640, height: 360 }, true, 2, 691_200],
    ['covers the tile: the side that needs more decides', {}, HD, { width: 200, height: 360 }, true, 2, 691_200],
    ['gives a thumbnail fewer bits', {}, HD, { width: 160, height: 360 }, true, 2, 518_400],
    ['takes the step above, never less than is shown', {}, HD, { width: 400, height: 225 }, true, 3, 307_200],
    ['has a floor', {}, VGA, { width: 16, height: 16 }, true, 3, 80_000],
    ['has a floor that a small picture is under', {}, { width: 200, height: 120 }, { width: 16, height: 16 }, true, 1, none],
    ['sends nothing where it is not seen', {}, HD, { width: 0, height: 0 }, false, 1, none],
    ['does not scale what it does not know', {}, none, { width: 16, height: 16 }, true, 1, none],
    ['never exceeds the settings', { maxBitrate: 300_000, scaleResolutionDownBy: 4 }, HD, WHOLE, true, 4, 300_000],
    ['keeps the settings where they are smaller', { maxBitrate: 300_000, scaleResolutionDownBy: 4 }, HD, { width: 640, height: 360 }, true, 4, 300_000],
    ['shares the settings\' bitrate out', { maxBitrate: 800_000 }, HD, { width: 320, height: 180 }, true, 4, 80_000],
    ['does not lift a bitrate under the floor', { maxBitrate: 50_000 }, HD, { width: 320, height: 180 }, true, 4, 50_000],
  ];
  for (const [what, settings, picture, shown, active, scaleResolutionDownBy, maxBitrate] of rows) {
    it(what, () => {
      const { maxFramerate: _, ...goal } = videoGoal(settings, picture, shown);
      assert.deepEqual(goal, { active, maxBitrate, scaleResolutionDownBy, priority: 'low' });
    });
  }

  it('sends fewer pictures to a thumbnail, and never more than the settings allow', () => {
    const rate = (settings: VideoEncoding, height: number) => videoGoal(settings, HD, { width: 320, height }).maxFramerate;
    assert.deepEqual([rate({}, 180), rate({}, 181), rate({ maxFramerate: 5 }, 180), rate({ maxFramerate: 15 }, 360)], [10, none, 5, 15]);
  });
});

describe('audioGoal', () => {
  it('always sends', () => { assert.equal(audioGoal({}).active, true); });
});

describe('resolveEncodings', () => {
  it('spells presets out', () => { assert.equal(resolveEncodings({ video: 'detail' }).video.contentHint, 'detail'); });
  const wrong: readonly VideoEncoding[] = [
    { maxBitrate: 0 }, { maxBitrate: NaN }, { maxFramerate: -1 }, { scaleResolutionDownBy: 0.5 }, { scaleResolutionDownBy: Infinity },
  ];
  for (const video of wrong) it(`refuses ${String(Object.entries(video))}`, () => { assert.throws(() => resolveEncodings({ video }), TypeError); });
  it('refuses a preset that there is not', () => { assert.throws(() => resolveEncodings({ video: 'none' as 'detail' }), /motion, detail, economy/); });
});
