const streams = new WeakMap<MediaStreamTrack, MediaStream>();

/** One MediaStream a track, however often it is shown: a new one would restart the picture. */
export function streamOf(track: MediaStreamTrack): MediaStream {
  let stream = streams.get(track);
  if (!stream) streams.set(track, (stream = new MediaStream([track])));
  return stream;
}
