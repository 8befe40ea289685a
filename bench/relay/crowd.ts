import { Guest } from './guest.ts';

/** The addresses of this run: twenty guests each, as many as one may hold. */
const PER_ADDRESS = 20;
const AT_ONCE = 20;
let addresses = 0;
/** Each has rooms of its own. */
let crowds = 0;

/** An address of the loopback network that nobody of this run had before. */
export function freshAddress(): string {
  addresses++;
  return `127.1.${addresses >> 8}.${addresses & 255}`;
}

/** Rooms of five. */
export class Crowd {
  readonly rooms: Guest[][];
  readonly #first: number;
  #lost = 0;

  private constructor(rooms: Guest[][], first: number) {
    this.rooms = rooms;
    this.#first = first;
    for (const guest of rooms.flat()) guest.onClose = () => { this.#lost++; };
  }

  static async gather(port: number, rooms: number, size = 5): Promise<Crowd> {
    const first = crowds++ * 10_000;
    const gathered: Guest[][] = Array.from({ length: rooms }, () => []);
    const places = gathered.flatMap((room, number) => Array.from({ length: size }, () => ({ room, number })));
    const perAddress = Array.from({ length: Math.ceil(places.length / PER_ADDRESS) }, freshAddress);
    const queue = places.map((place, i) => ({ ...place, address: perAddress[Math.floor(i / PER_ADDRESS)] ?? '' }));
    await Promise.all(Array.from({ length: AT_ONCE }, async () => {
      for (let next = queue.shift(); next; next = queue.shift()) {
        next.room.push(await Guest.enter(port, `room-${first + next.number}`, next.address));
      }
    }));
    return new Crowd(gathered, first);
  }

  nameOf(room: number): string {
    return `room-${this.#first + room}`;
  }

  /** How many were disconnected that did not ask for it. */
  get lost(): number {
    return this.#lost;
  }

  /** Everyone in turn sends to the next in the room. @returns the delays in milliseconds, in order of size */
  async talk(perSecond: number, durationMs: number): Promise<number[]> {
    const delays: number[] = [];
    const guests = this.rooms.flatMap((room) => room.map((guest, i) => ({ guest, next: room[(i + 1) % room.length] ?? guest })));
    for (const { guest } of guests) guest.onEnvelope = (delayMs) => { delays.push(delayMs); };
    const total = Math.round((perSecond * durationMs) / 1000);
    const startMs = performance.now();
    for (let sent = 0; sent < total;) {
      const due = Math.min(total, Math.ceil(((performance.now() - startMs) / 1000) * perSecond));
      for (; sent < due; sent++) {
        const pair = guests[sent % guests.length];
        if (pair) pair.guest.send(pair.next.id);
      }
      await new Promise((resolve) => { setTimeout(resolve, 1); });
    }
    const deadlineMs = performance.now() + 10_000;
    while (delays.length < total && performance.now() < deadlineMs) await new Promise((resolve) => { setTimeout(resolve, 1); });
    if (delays.length !== total) throw new Error(`${total - delays.length} of ${total} envelopes did not arrive.`);
    return delays.sort((a, b) => a - b);
  }

  leave(): void {
    for (const guest of this.rooms.flat()) guest.close();
  }
}

export function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN;
}
