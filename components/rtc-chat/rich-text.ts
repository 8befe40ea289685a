/** A piece of a line: as it was written, or a link to where it says. */
export type Piece = string | { readonly href: string; readonly text: string };

// Neither controls nor what turns the direction: a link goes where it seems to go.
const LINK = /\bhttps?:\/\/[^\s<>"'`\p{C}]+/giu;
const TRAILING = '.,;:!?…\'»”’';
const CLOSING: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };
const EMOJI = /^(?:\s|\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{Regional_Indicator}|\u200d|\ufe0f|[0-9#*]\ufe0f?\u20e3)+$/u;
const MAX_LARGE = 6;

/** Pieces of a line, links cut out. Nothing of it is ever markup. */
export function piecesOf(text: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let end = 0;
  for (const { 0: found, index } of text.matchAll(LINK)) {
    const link = withoutTail(found);
    const href = hrefOf(link);
    if (!href) continue;
    if (index > end) pieces.push(text.slice(end, index));
    pieces.push({ href, text: link });
    end = index + link.length;
  }
  if (end < text.length) pieces.push(text.slice(end));
  return pieces;
}

/** A few emoji and nothing else. */
export function isEmojiOnly(text: string): boolean {
  if (text.length > 64 || !EMOJI.test(text)) return false;
  return [...new Intl.Segmenter().segment(text.replace(/\s/g, ''))].length <= MAX_LARGE;
}

/** The end of a sentence is not the end of a link, and a bracket that was not opened in it is not its own. */
function withoutTail(link: string): string {
  const count = (of: string) => link.split(of).length;
  const surplus = new Map(Object.entries(CLOSING).map(([close, open]) => [close, count(close) - count(open)]));
  let end = link.length;
  for (; end > 0; end--) {
    const last = link[end - 1] ?? '';
    const over = surplus.get(last);
    if (over === undefined ? !TRAILING.includes(last) : over <= 0) break;
    if (over !== undefined) surplus.set(last, over - 1);
  }
  return link.slice(0, end);
}

/** Names and passwords before the host are how one is led astray. */
function hrefOf(link: string): string | undefined {
  const url = URL.canParse(link) ? new URL(link) : undefined;
  return url && /^https?:$/.test(url.protocol) && !url.username && !url.password ? url.href : undefined;
}
