/** The fenced blocks of README and docs, with what their tests have to know besides. */
import { readFileSync } from 'node:fs';
import { contents } from '../../scripts/site/contents.mjs';
import { root } from '../../scripts/lib/root.mjs';

export interface Snippet {
  /** File and line, for who reads a failure. */
  readonly at: string;
  readonly path: string;
  readonly language: string;
  /** Stands in the page of the site as what it is. */
  readonly isLive: boolean;
  readonly code: string;
  /** `<!-- given: … -->` above it: code that the reader has, such as a function of the app. */
  readonly given: string;
  /** `<!-- elsewhere: … -->` above it: the app or the test that runs the same. */
  readonly elsewhere: string | undefined;
}

const FENCE = /(?:<!-- (?:given: ([^]*?)|elsewhere: (.*?)) -->\n)?^```(\w+)( live)?\n([^]*?)^```$/gm;

/** Of all pages that the site has, decisions apart: those show no code to copy. */
export function readSnippets(): Snippet[] {
  return contents().flatMap(({ pages }) => pages).flatMap(({ path }) => {
    const text = readFileSync(`${root}/${path}`, 'utf8');
    return [...text.matchAll(FENCE)].map(({ 1: given = '', 2: elsewhere, 3: language = '', 4: live, 5: code = '', index }) => ({
      at: `${path}:${text.slice(0, index).split('\n').length}`, path, language, isLive: live !== undefined, code, given,
      elsewhere,
    }));
  });
}
