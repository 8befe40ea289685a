import assert from 'node:assert/strict';
import { it } from 'node:test';
import { formatBytes, formatRate, formatSeconds } from './file-format.ts';
import { pictureType } from './picture-type.ts';

it('sizes, rates and times are as people read them', () => {
  assert.deepEqual([0, 999, 1000, 1_234_567, 5_000_000_000].map((bytes) => formatBytes(bytes, 'en')), ['0 byte', '999 byte', '1 kB', '1.2 MB', '5 GB']);
  assert.equal(formatBytes(1_234_567, 'de'), '1,2 MB');
  assert.equal(formatRate(300_000, 'en'), '300 kB/s');
  assert.deepEqual([0.2, 59, 61, 7200].map((seconds) => formatSeconds(seconds, 'en')), ['1 sec', '59 sec', '2 min', '2 hr']);
});

it('pictureType goes by the bytes alone', async () => {
  const typeOf = (bytes: number[] | string, type = '') => pictureType(new Blob([typeof bytes === 'string' ? bytes : Uint8Array.from(bytes)], { type }));
  const png = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0];
  assert.equal(await typeOf(png), 'image/png');
  assert.equal(await typeOf([0xff, 0xd8, 0xff, 0xe0]), 'image/jpeg');
  assert.equal(await typeOf('GIF89a'), 'image/gif');
  assert.equal(await typeOf('RIFFxxxxWEBPVP8 '), 'image/webp');
  for (const other of ['<svg onload=alert(1)>', 'RIFFxxxxWAVE', 'RIFF', '', '<html>', 'BM', '%PDF-1.4']) {
    assert.equal(await typeOf(other, 'image/png'), undefined, other);
  }
  assert.equal(await pictureType(new Blob([Uint8Array.from(png), new Uint8Array(20_000_000)])), undefined);
});
