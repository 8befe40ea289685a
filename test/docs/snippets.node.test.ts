import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { root } from '../../scripts/lib/root.mjs';
import { checkMarkup, checkStyle } from './check-markup.ts';
import { checkScripts } from './check-script.ts';
import { checkShell } from './check-shell.ts';
import { readSnippets, type Snippet } from './snippets.ts';

const everywhere = readSnippets();
/** What is checked here. */
const all = everywhere.filter(({ elsewhere }) => elsewhere === undefined);
const mistakesIn = (language: string, check: (code: string) => readonly string[]): string[] =>
  all.filter((snippet) => snippet.language === language).flatMap(({ at, code }) => check(code).map((mistake) => `${at}: ${mistake}`));
const snippet = (language: string, code: string): Snippet => ({ at: 'here', path: 'here', language, isLive: false, code, given: '', elsewhere: undefined });

describe('the snippets of the documentation', () => {
  it('are in languages that somebody checks', () => {
    const unchecked = all.filter(({ language }) => !['html', 'css', 'js', 'ts', 'sh', 'json', 'nginx', 'yaml'].includes(language));
    assert.deepEqual(unchecked.map(({ at }) => at), []);
    const lost = everywhere.filter(({ elsewhere }) => elsewhere !== undefined && !existsSync(`${root}/${elsewhere}`));
    assert.deepEqual(lost.map(({ at }) => at), [], 'where it is run is not there');
  });

  it('name elements, attributes, slots and commands that there are', () => {
    assert.deepEqual(mistakesIn('html', checkMarkup), []);
    assert.deepEqual(checkMarkup('<rtc-chat text-onyl><b slot="sent">x</b></rtc-chat>'),
      ['<rtc-chat> has no attribute text-onyl', '<rtc-chat> has no slot sent']);
    assert.deepEqual(checkMarkup('<rtc-rom></rtc-rom><button commandfor="x" command="--jion">'),
      ['there is no <rtc-rom>', 'nothing here has the id x', 'there is no command --jion', '<button> is not closed']);
    assert.deepEqual(checkMarkup("<rtc-room name='x'></rtc-room>"), ["not well written: <rtc-room name='x'></rtc-room>"]);
  });

  it('name parts, states and tokens that there are', () => {
    assert.deepEqual(mistakesIn('css', checkStyle), []);
    assert.deepEqual(checkStyle('rtc-video:state(mute)::part(nome) { --rtc-accnt: red; }'),
      ['<rtc-video> has no state mute', '<rtc-video> has no part nome', 'there is no --rtc-accnt']);
  });

  it('compile, and use what is exported', () => {
    const wrong = [snippet('js', "import { createRoom } from 'rtc-elements/engine';\ncreateRoom({ name: 'x' }).emitt('y');"), snippet('ts', 'const x = ;')];
    const mistakes = checkScripts([...all.filter(({ language }) => language === 'js' || language === 'ts'), ...wrong]);
    assert.deepEqual(mistakes.filter((mistake) => !mistake.startsWith('here')), []);
    assert.equal(mistakes.length, 2, mistakes.join('\n'));
  });

  it('call the program and the commands that there are', () => {
    assert.deepEqual(mistakesIn('sh', checkShell), []);
    const [flag, name] = checkShell('X=1 npx rtc-elements serve --orgin x \\\n  --port 1\nnpm run buld');
    assert.match(flag ?? '', /--orgin/);
    assert.equal(name, 'there is no command "buld"');
  });

  it('are data that can be read', () => {
    assert.deepEqual(mistakesIn('json', (code) => { JSON.parse(code); return []; }), []);
  });

  it('show the tokens with the defaults that they have', () => {
    const css = readFileSync(`${root}/components/internal/base.styles.ts`, 'utf8');
    const page = readFileSync(`${root}/docs/guides/design.md`, 'utf8');
    const defaults = new Map([...css.matchAll(/var\((--rtc-[a-z-]+), (light-dark\([^)]*\)|[^)]*)\)/g)].map(([, name = '', value = '']) => [name, value]));
    const missing = [...defaults].filter(([name, value]) =>
      !page.includes(`\`${name}\``) || ![...value.matchAll(/#\w+|\d+px|\w+-ui/g)].every(([part]) => page.includes(part)));
    assert.deepEqual(missing, []);
  });
});
