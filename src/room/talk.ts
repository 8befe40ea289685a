import { MAX_CHAT_CHARS } from '../protocol/limits.ts';
import { isPlainObject } from '../protocol/primitives.ts';
import { newestLines, parseHistory, parseTalk } from '../protocol/talk.ts';
import { TokenBucket } from '../protocol/token-bucket.ts';
import { after } from '../shared/scope.ts';
import { asAuthorSays } from './chat.ts';
import type { HistoryLine } from '../protocol/talk.ts';
import type { ReadableStore } from '../shared/store.ts';
import type { TalkPort } from '../topology/topology.ts';
import type { ChatChange } from './chat-state.ts';
import type { ChatMessage, ParticipantView, RoomSnapshot } from './snapshot.ts';

export interface TalkHost {
  readonly room: ReadableStore<RoomSnapshot>;
  readonly scope: AbortSignal;
  apply(change: ChatChange): void;
  /** Once joined. */
  port(): TalkPort | undefined;
  tellsHistory(): boolean;
}

/** Typing is said again so often, and is over where it was not for a while. */
const SAY_TYPING_MS = 3000;
const TYPING_MS = 6000;
const RATE = { perSecond: 10, burst: 50 };
const GATHER_MS = 200;
/** Said again over a new connection: what was on its way may be lost. */
const MAX_GOT = 32;
const HISTORY_TIMEOUT_MS = 10_000;

/** What this end knows of one participant. */
class Partner {
  readonly rate = new TokenBucket(RATE);
  /** The newest lines of theirs that came. */
  got: string[] = [];
  untold = 0;
  isConnected = false;
  stopTyping: (() => void) | undefined;
  /** What they know of former lines was asked for, or is to be. */
  recall: 'wanted' | 'asked' | undefined;
}

/** What goes beside the chat: who writes, which lines have arrived, and what was said before somebody came. */
export class Talk {
  readonly #host: TalkHost;
  readonly #partners = new Map<string, Partner>();
  #saidTypingMs = -Infinity;
  #toldGone = false;

  constructor(host: TalkHost) {
    this.#host = host;
    host.room.subscribe(() => { this.#follow(); }, { signal: host.scope });
    this.#follow();
  }

  setTyping(typing: boolean): void {
    const nowMs = performance.now();
    const isSaid = nowMs - this.#saidTypingMs < SAY_TYPING_MS;
    if (typing === isSaid) return;
    this.#saidTypingMs = typing ? nowMs : -Infinity;
    for (const id of this.#partners.keys()) this.#host.port()?.tell(id, ['typing', typing]);
  }

  /** A word of a participant. @returns whether it was one, and not too many */
  hear(from: string, args: readonly unknown[]): boolean {
    const partner = this.#partners.get(from);
    const word = partner?.rate.take() ? parseTalk(args) : undefined;
    if (!partner || !word) return false;
    if (word[0] === 'got') {
      const { id } = this.#host.room.snapshot.local;
      this.#host.apply({ type: 'reached', by: from, ids: word[1].map((line) => `${id}/${line}`) });
      return true;
    }
    partner.stopTyping?.();
    partner.stopTyping = word[1] ? after(TYPING_MS, this.#host.scope, () => { this.#showTyping(from, false); }) : undefined;
    this.#showTyping(from, word[1]);
    return true;
  }

  /** A line of theirs is shown here: they are told, for several at a time. */
  received(from: string, line: string): void {
    this.#follow();
    const partner = this.#partners.get(from);
    if (!partner) return;
    partner.stopTyping?.();
    partner.got = [...partner.got, line].slice(-MAX_GOT);
    if (partner.untold++ === 0) after(GATHER_MS, this.#host.scope, () => { this.#tellGot(from, partner, partner.untold); });
  }

  /** From those who are here, and once for each join. */
  recall(): void {
    this.#follow();
    for (const partner of this.#partners.values()) partner.recall ??= 'wanted';
    this.#ask();
  }

  /** What this end said, and, if asked for, what those said who are not here any more. */
  tellHistory(asker: string, question: unknown): { lines: readonly HistoryLine[] } {
    if (!this.#host.tellsHistory()) return { lines: [] };
    const { messages, local, participants } = this.#host.room.snapshot;
    const withGone = isPlainObject(question) && question['gone'] === true;
    const isHere = (id: string) => id === asker || participants.some((participant) => participant.id === id);
    const nowMs = Date.now();
    const told = messages.flatMap(({ id, name, text, time, replyTo }): HistoryLine[] => {
      const said = asAuthorSays(id);
      const slash = said.indexOf('/');
      const from = said.slice(0, slash);
      const isOwn = from === local.id;
      if (!isOwn && (!withGone || isHere(from))) return [];
      const line = {
        id: said.slice(slash + 1), text, agoMs: Math.max(0, nowMs - time), ...(replyTo !== undefined && { replyTo }),
      };
      return [isOwn ? line : { ...line, from, name }];
    });
    return { lines: newestLines(told) };
  }

  #showTyping(from: string, typing: boolean): void {
    this.#host.apply({ type: 'typing', from, typing });
  }

  #tellGot(id: string, partner: Partner, lines: number): void {
    partner.untold = 0;
    if (lines > 0) this.#host.port()?.tell(id, ['got', partner.got.slice(-lines)]);
  }

  /** Who is here, and who has become so again. */
  #follow(): void {
    const { participants } = this.#host.room.snapshot;
    for (const id of this.#partners.keys()) if (!participants.some((participant) => participant.id === id)) this.#forget(id);
    if (participants.length === 0) this.#toldGone = false;
    for (const { id, kind, state } of participants) {
      if (kind !== 'engine') continue;
      let partner = this.#partners.get(id);
      if (!partner) this.#partners.set(id, (partner = new Partner()));
      const isBack = state === 'connected' && !partner.isConnected;
      partner.isConnected = state === 'connected';
      if (isBack) this.#tellGot(id, partner, partner.got.length);
    }
    this.#ask();
  }

  #forget(id: string): void {
    this.#partners.get(id)?.stopTyping?.();
    this.#partners.delete(id);
  }

  /** Each for their own lines; for those of who left, the one of us who has been here for the longest. */
  #ask(): void {
    const wanted = [...this.#partners].filter(([, { recall }]) => recall === 'wanted');
    for (const [id, partner] of wanted) {
      if (!partner.isConnected) continue;
      partner.recall = 'asked';
      const gone = !this.#toldGone && id === [...this.#partners.keys()][0];
      this.#toldGone ||= gone;
      void this.#recallFrom(id, gone);
    }
  }

  async #recallFrom(id: string, gone: boolean): Promise<void> {
    try {
      const answer = await this.#host.port()?.history(id, { gone }, { timeoutMs: HISTORY_TIMEOUT_MS, signal: this.#host.scope });
      const teller = this.#host.room.snapshot.participants.find((participant) => participant.id === id);
      if (teller) this.#host.apply({ type: 'recalled', messages: this.#messagesOf(parseHistory(answer), teller, gone) });
    } catch {
      // They left, or are no engine that answers. Whoever is the first then is asked for the lines of those who left.
      if (gone) this.#toldGone = false;
    }
  }

  /** What somebody tells of others is nobody's word who is here. */
  #messagesOf(lines: readonly HistoryLine[], { id: teller, name: tellerName }: ParticipantView, gone: boolean): ChatMessage[] {
    const { local, participants } = this.#host.room.snapshot;
    const isHere = (id: string) => id === local.id || participants.some((participant) => participant.id === id);
    const nowMs = Date.now();
    const toldBy = Object.freeze({ id: teller, name: tellerName });
    const seen = new Set<string>();
    return lines.flatMap(({ id, text, agoMs, from = teller, name = tellerName, replyTo }): ChatMessage[] => {
      const isOwn = from === teller;
      const line = isOwn ? `${teller}/${id}` : `${teller}~${from}/${id}`;
      if ((!isOwn && (!gone || isHere(from))) || seen.has(line) || text.length > MAX_CHAT_CHARS) return [];
      seen.add(line);
      return [{
        id: line, from: isOwn ? teller : '', name: isOwn ? tellerName : name, own: false, text, time: nowMs - agoMs, toldBy,
        ...(replyTo !== undefined && { replyTo }),
      }];
    });
  }
}
