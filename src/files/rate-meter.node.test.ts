import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { RateMeter } from './rate-meter.ts';

describe('RateMeter', () => {
  it('says nothing of a span that is too short, then what was measured', () => {
    const meter = new RateMeter(0);
    meter.add(1000, 50);
    assert.equal(meter.bytesPerSecond, 0);
    meter.add(1000, 100);
    assert.equal(meter.bytesPerSecond, 20_000);
  });

  it('follows a change, not a jump', () => {
    const meter = new RateMeter(0);
    for (let ms = 100; ms <= 5000; ms += 100) meter.add(100, ms);
    assert.equal(Math.round(meter.bytesPerSecond), 1000);
    meter.add(10_000, 5100);
    assert.ok(meter.bytesPerSecond < 7000, String(meter.bytesPerSecond));
    for (let ms = 5200; ms <= 15_000; ms += 100) meter.add(1000, ms);
    assert.ok(Math.abs(meter.bytesPerSecond - 10_000) < 100, String(meter.bytesPerSecond));
  });

  it('forgets what was before a rest', () => {
    const meter = new RateMeter(0);
    meter.add(1000, 100);
    meter.rest(60_000);
    assert.equal(meter.bytesPerSecond, 0);
    meter.add(50, 60_100);
    assert.equal(meter.bytesPerSecond, 500);
  });
});
