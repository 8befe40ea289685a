import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { Vouched } from '../../src/index.ts';

export interface Person { readonly id: string; readonly name: string; readonly vouched?: Vouched }
/** `mark` is empty unless the name alone does not tell who it is. */
export interface NameLabel { readonly name: string; readonly mark: string }

/**
 * What to call people so that two of one name can be told apart. The mark is the beginning of the participant id, which is random
 * (the end of socket.io's is a counter): the relay gives it, so nobody can choose the one of another, and everyone sees the same.
 * Who is vouched for without a name is marked by the subject: under that badge nobody shall go by another's name.
 *
 * @param guest - What to call those whose name cannot be seen.
 */
export function nameLabels(people: Iterable<Person>, guest: string): Map<string, NameLabel> {
  const byId = new Map<string, string>();
  const subjects = new Map<string, string>();
  for (const { id, name, vouched } of people) {
    if (!byId.has(id)) byId.set(id, likeness(name) ? name : guest);
    if (vouched && !vouched.name) subjects.set(id, `(${vouched.sub.replace(/\p{C}/gu, '')})`);
  }
  const owners = new Map<string, number>();
  for (const name of byId.values()) owners.set(likeness(name), (owners.get(likeness(name)) ?? 0) + 1);
  const isShared = (name: string) => (owners.get(likeness(name)) ?? 0) > 1;
  return new Map([...byId].map(([id, name]) => [id, { name, mark: subjects.get(id) ?? (isShared(name) ? `#${id.slice(0, 4)}` : '') }]));
}

const kept = new WeakMap<readonly Person[], { local: Person; guest: string; labels: ReadonlyMap<string, NameLabel> }>();

/** Of all in a room: compared once for as long as they are the same, since each tile asks. */
export function roomLabels(
  { local, participants }: { readonly local: Person; readonly participants: readonly Person[] }, guest: string,
): ReadonlyMap<string, NameLabel> {
  const before = kept.get(participants);
  if (before?.local === local && before.guest === guest) return before.labels;
  const labels = nameLabels([local, ...participants], guest);
  kept.set(participants, { local, guest, labels });
  return labels;
}

/** Names that look the same share it: case, compatibility forms and what cannot be seen (Unicode 5.21) make no other name. */
function likeness(name: string): string {
  return name.normalize('NFKC').replace(/\p{Default_Ignorable_Code_Point}/gu, '').trim().toLowerCase();
}

/** A name in a sentence: isolated, so that no direction reorders what stands around it (Unicode UAX 9: FSI, LRI and PDI). */
export function plainName({ name, mark }: NameLabel): string {
  return `\u2068${name}\u2069${mark && ` \u2066${mark}\u2069`}`;
}

export function nameTemplate({ name, mark }: NameLabel): TemplateResult {
  return html`<bdi part="name">${name}</bdi>${mark ? html` <bdi part="name-mark" dir="ltr">${mark}</bdi>` : nothing}`;
}

/** A sentence with `{name}` in it, the name as it is shown. */
export function withName(sentence: string, label: NameLabel): TemplateResult {
  const [before, after] = sentence.split('{name}');
  return html`${before}${nameTemplate(label)}${after}`;
}

/** The colour behind somebody's initials, in degrees: the same wherever they are shown. */
export function hueOf(id: string): number {
  return Array.from(id).reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0) * 137) % 360, 225);
}

/** The first letters of the first and the last word. */
export function initials(name: string): string {
  const words = name.split(' ').filter(Boolean);
  const firsts = [words[0], words.length > 1 ? words.at(-1) : undefined];
  // Segments rather than code points: a letter with its marks, a whole emoji.
  return firsts.map((word = '') => [...new Intl.Segmenter().segment(word)][0]?.segment ?? '').join('').toUpperCase();
}
