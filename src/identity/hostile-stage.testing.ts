/** Guests of a relay that acts, and what they see of each other. */
import { HostileRelay } from '../../test/support/hostile-relay.ts';
import { TestIssuer } from '../../test/support/issuer.ts';
import { movingPicture } from '../../test/support/pictures.ts';
import { RecordedPc, recordPcs, stopRecording } from '../../test/support/recorded-pcs.ts';
import { until } from '../../test/support/until.ts';
import { fingerprintFromHex } from '../negotiation/check-description.ts';
import type { Signal } from '../protocol/wire.ts';
import type { Room } from '../room/room.ts';
import type { RoomOptions } from '../room/room-options.ts';

export type Guest = ReturnType<HostileRelay['guest']>;

export class HostileStage {
  readonly issuer: TestIssuer;
  relay = new HostileRelay();
  readonly #end = new AbortController();

  private constructor(issuer: TestIssuer) {
    this.issuer = issuer;
    recordPcs();
  }

  static async open(): Promise<HostileStage> {
    return new HostileStage(await TestIssuer.make());
  }

  /** Another relay, in another room. */
  renew(options?: ConstructorParameters<typeof HostileRelay>[0]): void {
    this.relay.close();
    this.relay = new HostileRelay(options);
    RecordedPc.made = [];
  }

  close(): void {
    this.relay.close();
    this.#end.abort();
    stopRecording();
  }

  vouched(sub: string, more: Partial<RoomOptions> = {}): Partial<RoomOptions> {
    return { getVouch: this.issuer.forPerson(sub), vouchKeys: this.issuer.keys, ...more };
  }

  required(sub: string, more: Partial<RoomOptions> = {}): Partial<RoomOptions> {
    return this.vouched(sub, { requireVouch: true, ...more });
  }

  /** Two who send a picture and have not joined yet. */
  pair(options: (sub: string) => Partial<RoomOptions>): [Guest, Guest] {
    const [ada, bo] = [this.relay.guest('Ada', options('ada')), this.relay.guest('Bo', options('bo'))];
    for (const one of [ada, bo]) this.sendPicture(one);
    return [ada, bo];
  }

  sendPicture({ room }: Guest): void {
    room.publish({ source: 'camera', stream: movingPicture(160, 120, this.#end.signal) });
  }
}

export async function join(...guests: Guest[]): Promise<void> {
  for (const { room } of guests) await room.join();
}

export const seen = ({ room }: Guest): string[] =>
  room.snapshot.participants.map(({ name, state, identity }) => `${name} ${state} ${identity}`);

/** The codes of all errors that nobody awaits, from now on. */
export function errorsOf({ room }: Guest): string[] {
  const codes: string[] = [];
  room.lifecycle.on('error', ({ error }) => { codes.push(error.code); });
  return codes;
}

/** Whose connections were made. */
export const keysUsed = (): string[] => RecordedPc.made.map((pc) => {
  const [certificate] = pc.getConfiguration().certificates ?? [];
  return fingerprintFromHex(certificate?.getFingerprints()[0]?.value ?? '');
});

export const inDescriptions = (change: (sdp: string, type: string) => string) => (data: Signal): Signal => 'description' in data
  ? { description: { ...data.description, sdp: change(data.description.sdp, data.description.type) } } : data;

/** Waits until frames of somebody's picture really arrive. */
export async function untilSeen(room: Room): Promise<void> {
  const pictures = () => room.snapshot.participants.flatMap(({ tracks }) => tracks.flatMap(({ kind, track }) => (kind === 'video' && track ? [track] : [])));
  await until(() => pictures().length > 0, 'a picture was announced');
  const video = document.createElement('video');
  video.muted = true;
  video.srcObject = new MediaStream(pictures());
  await video.play();
  await until(() => video.videoWidth > 0 && video.currentTime > 0, 'frames arrive');
  video.srcObject = null;
}
