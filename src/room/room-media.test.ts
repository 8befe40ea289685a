import { expect } from '@open-wc/testing';
import { RoomMedia } from './room-media.ts';

describe('RoomMedia', () => {
  it('follows no devices for a call that was left while what lists them was being loaded', async () => {
    const { mediaDevices } = navigator;
    const followed: (AbortSignal | undefined)[] = [];
    const { addEventListener } = mediaDevices;
    mediaDevices.addEventListener = (_type: string, _listener: unknown, options?: AddEventListenerOptions | boolean) => {
      followed.push(typeof options === 'object' ? options.signal : undefined);
    };
    try {
      const media = new RoomMedia(() => undefined, new AbortController().signal);
      const listed = media.refreshDevices();
      media.stopAll();
      await listed;
    } finally {
      mediaDevices.addEventListener = addEventListener;
    }
    expect(followed.map((signal) => signal?.aborted)).to.deep.equal([true]);
  });
});
