/** How loud a microphone is, from 0 to 1, ten times a second. Loaded with the first that is looked at. */
const EVERY_MS = 100;
/** What counts as silence, in dB below full scale; a voice at a desk is around -25. */
const SILENCE_DB = -60;
const FULL_DB = -10;

/** Nothing of it stays when `scope` ends; of the track nothing is changed. */
export function measureLevel(track: MediaStreamTrack, onLevel: (level: number) => void, scope: AbortSignal): void {
  if (scope.aborted) return;
  const context = new AudioContext();
  const analyser = new AnalyserNode(context, { fftSize: 1024 });
  new MediaStreamAudioSourceNode(context, { mediaStream: new MediaStream([track]) }).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  const timer = setInterval(() => {
    analyser.getFloatTimeDomainData(samples);
    const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
    const loudness = 10 * Math.log10(Math.max(power, Number.MIN_VALUE));
    onLevel(Math.min(1, Math.max(0, (loudness - SILENCE_DB) / (FULL_DB - SILENCE_DB))));
  }, EVERY_MS);
  scope.addEventListener('abort', () => {
    clearInterval(timer);
    void context.close();
  }, { once: true });
}
