import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { judge, median, medianInterval } from './statistics.ts';

describe('median', () => {
  it('is the value in the middle, or the mean of the two there', () => {
    assert.equal(median([3, 1, 2]), 2);
    assert.equal(median([4, 1, 3, 2]), 2.5);
    assert.equal(median([7]), 7);
    assert.throws(() => median([]), RangeError);
  });
});

describe('medianInterval', () => {
  it('holds the median, is the same each time, and narrows with more values', () => {
    const spread = (count: number) => Array.from({ length: count }, (_, i) => (i * 37) % 100);
    const [few, many] = [medianInterval(spread(20)), medianInterval(spread(500))];
    assert.ok(few[0] <= median(spread(20)) && median(spread(20)) <= few[1]);
    assert.ok(many[1] - many[0] < few[1] - few[0]);
    assert.deepEqual(medianInterval(spread(20)), few);
  });
});

describe('judge', () => {
  it('is reached when the interval reaches the goal and missed when all of it lies beyond', () => {
    assert.equal(judge([1.2, 1.3], { atMost: 1.25 }, 20), 'reached');
    assert.equal(judge([1.26, 1.3], { atMost: 1.25 }, 20), 'missed');
    assert.equal(judge([0.8, 0.9], { atLeast: 0.9 }, 20), 'reached');
    assert.equal(judge([0.8, 0.89], { atLeast: 0.9 }, 20), 'missed');
    assert.equal(judge([1, 1], { atMost: 1.25 }, 19), 'undecided');
    assert.equal(judge([1, 1], {}, 20), 'reported');
  });
});
