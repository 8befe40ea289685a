/** A picture that changes with every frame, made by the page, until the signal ends it. */
export function movingPicture(width: number, height: number, end: AbortSignal, framesPerSecond = 20): MediaStream {
  const canvas = Object.assign(document.createElement('canvas'), { width, height });
  const context = canvas.getContext('2d');
  if (!context) throw new Error('No canvas.');
  let frame = 0;
  const draw = () => {
    frame++;
    context.fillStyle = `hsl(${frame * 7 % 360} 80% 50%)`;
    context.fillRect(0, 0, width, height);
    context.fillStyle = '#000';
    for (let i = 0; i < 24; i++) context.fillRect((i * 53 + frame * 11) % width, (i * 37 + frame * 5) % height, 40, 24);
  };
  draw();
  const timer = setInterval(draw, 1000 / framesPerSecond);
  const stream = canvas.captureStream(framesPerSecond);
  end.addEventListener('abort', () => {
    clearInterval(timer);
    for (const track of stream.getTracks()) track.stop();
  });
  return stream;
}

/** A tone, until the signal ends it. */
export function tone(end: AbortSignal): MediaStream {
  const context = new AudioContext();
  const [oscillator, out] = [context.createOscillator(), context.createMediaStreamDestination()];
  oscillator.connect(out);
  oscillator.start();
  end.addEventListener('abort', () => { void context.close(); });
  return out.stream;
}
