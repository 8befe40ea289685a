import { parseIceConfiguration } from '../../src/protocol/parse.ts';
import type { IceConfiguration, IceServer, ParticipantId } from '../../src/protocol/wire.ts';
import type { Log } from '../log.ts';
import type { Participant } from '../types.ts';
import { createTurnMint, type TurnOptions } from './turn.ts';

/** What a service that mints credentials gave; `expiresAt` in epoch milliseconds. */
export interface ProvidedIce { iceServers: readonly IceServer[]; expiresAt?: number }
export type IceProvider = (participant: Participant) => ProvidedIce | Promise<ProvidedIce>;

export interface IceOptions {
  /** Handed out as they are. */
  iceServers?: readonly IceServer[];
  turn?: TurnOptions;
  /** Asked for each participant, by `#rtcio:ice-servers`: what it takes no join waits for. */
  iceProvider?: IceProvider;
}

const MAX_SERVERS = 16;
const PROVIDER_MS = 5000;
/** A socket may ask as often as its messages allow; the service is asked once in a quarter of an answer's life, within these. */
const PROVIDER_PAUSE_MS = { min: 1000, max: 10_000 };
/** After the service failed: so long the participant does without. */
const PROVIDER_RETRY_MS = 30_000;

/** What a join and `#rtcio:ice-servers` hand out. No third party's server stands here unless the operator lists it. */
export class IceSource {
  readonly #static: readonly IceServer[];
  readonly #mint: ReturnType<typeof createTurnMint> | undefined;
  readonly #provider: IceProvider | undefined;
  readonly #stunPort: () => number | undefined;
  readonly #log: Log;

  /** @throws TypeError that names the option which cannot be right. */
  constructor({ iceServers = [], turn, iceProvider }: IceOptions, stunPort: () => number | undefined, log: Log) {
    this.#static = parseIceConfiguration({ iceServers }).iceServers;
    if (this.#static.length !== iceServers.length || iceServers.length + (turn ? 1 : 0) > MAX_SERVERS) {
      throw new TypeError(`iceServers has an entry without a stun: or turn: URL, or more than ${turn ? MAX_SERVERS - 1 : MAX_SERVERS}; `
        + 'for example [{"urls": "stun:stun.example.com:3478"}]');
    }
    if (iceProvider !== undefined && typeof iceProvider !== 'function') throw new TypeError('iceProvider is not a function');
    this.#mint = turn && createTurnMint(turn);
    this.#provider = iceProvider;
    this.#stunPort = stunPort;
    this.#log = log;
    if (this.#static.some(({ credential }) => credential !== undefined)) {
      log('warn', 'a credential in iceServers never ends: whoever joins once can use it for ever ("turn" mints ones that do)');
    }
  }

  /** For the ack of a join. Where a service has to be asked it says that it has ended already: the engine asks at once. */
  atJoin(id: ParticipantId): IceConfiguration {
    return this.#compose(id, this.#provider && { iceServers: [], expiresAt: Date.now() });
  }

  /** Answers `#rtcio:ice-servers` of one socket. It does not reject. */
  desk(): (participant: Participant) => Promise<IceConfiguration> {
    let answer: Promise<ProvidedIce> | undefined;
    let againMs = 0;
    return async (participant) => {
      if (this.#provider && performance.now() >= againMs) {
        againMs = Infinity; // Whoever asks meanwhile gets the same answer.
        answer = this.#ask(this.#provider, participant);
        void answer.then(({ expiresAt = Infinity }) => { againMs = performance.now() + pauseMs(expiresAt - Date.now()); });
      }
      return this.#compose(participant.id, await answer);
    };
  }

  #compose(id: ParticipantId, provided?: ProvidedIce): IceConfiguration {
    const minted = this.#mint?.(id);
    const ends = [minted?.expiresAt, provided?.expiresAt].filter((end) => end !== undefined);
    const stunPort = this.#stunPort();
    return {
      iceServers: [...(minted ? [minted.server] : []), ...this.#static, ...(provided?.iceServers ?? [])].slice(0, MAX_SERVERS),
      ...(stunPort !== undefined && { stunPort }),
      ...(ends.length > 0 && { expiresAt: Math.min(...ends), expiresInMs: Math.max(0, Math.min(...ends) - Date.now()) }),
    };
  }

  /** Whatever goes wrong is the log's; the participant gets the rest, and may ask again. */
  async #ask(provider: IceProvider, participant: Participant): Promise<ProvidedIce> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => { reject(new DOMException('', 'TimeoutError')); }, PROVIDER_MS);
    });
    try {
      const answer: unknown = await Promise.race([Promise.resolve(participant).then(provider), late]);
      const { iceServers, expiresAt } = parseIceConfiguration(answer);
      if (iceServers.length === 0) throw new RangeError();
      return { iceServers, ...(expiresAt !== undefined && { expiresAt }) };
    } catch (error) {
      this.#log('error', 'iceProvider gave no ICE servers', { error: kindOf(error) });
      return { iceServers: [], expiresAt: Date.now() + PROVIDER_RETRY_MS };
    } finally {
      clearTimeout(timer);
    }
  }
}

function pauseMs(lifeMs: number): number {
  return Math.max(PROVIDER_PAUSE_MS.min, Math.min(PROVIDER_PAUSE_MS.max, lifeMs / 4));
}

/** Not its message: that of a failed `fetch` can hold the header with the key of the service. */
function kindOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const { code } = (error.cause ?? {}) as { code?: unknown };
  return typeof code === 'string' ? `${error.name} ${code}` : error.name;
}
