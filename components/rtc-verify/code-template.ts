import { html } from 'lit';
import { EMOJI } from './words/emoji.ts';
import type { TemplateResult } from 'lit';
import type { SpokenCode } from '../../src/index.ts';
import type { Words } from './words/words.ts';

/** A code as people read it to each other; always in one order, whatever the direction of the page. */
export function codeTemplate(
  { emoji, numbers }: SpokenCode, { words, language }: Words, asNumbers: boolean,
): TemplateResult {
  if (asNumbers) return html`<ol part="code" class="numbers" dir="ltr">${numbers.map((number) => html`<li part="number">${number}</li>`)}</ol>`;
  return html`<ol part="code">${emoji.map((place) => html`<li>
    <span part="emoji" aria-hidden="true">${EMOJI[place]}</span>
    <span part="word" lang=${language} dir="auto">${words[place]}</span></li>`)}</ol>`;
}

/** For those who hear it. */
export function spokenText({ emoji, numbers }: SpokenCode, { words }: Words, asNumbers: boolean): string {
  return (asNumbers ? numbers : emoji.map((place) => words[place] ?? '')).join(', ');
}
