import { COMMON_FLAGS, type Command } from './flags.ts';
import { DEFAULTS } from '../defaults.ts';
import { resolveLimits } from '../limits.ts';
import { leavesOf, type Leaf } from './leaves.ts';
import type { Invocation } from './read.ts';
import { settings } from './schema.ts';
import { writeText, type Setting } from './setting.ts';

const PLACES: Readonly<Record<Setting['kind'], string>> = {
  text: ' <text>', number: ' <n>', switch: '', list: ' <a,b>', rate: ' <burst,perSecond>', json: ' <json>',
};
const WIDTH = 44;

export function helpText(commands: Readonly<Record<string, Command>>): string {
  const lines = leavesOf(settings).flatMap((leaf) => {
    const flag = flagOf(leaf);
    return flag === undefined ? [] : [line(flag, `${plain(leaf.setting.about)} (${leaf.env}; ${plain(defaultOf(leaf))})`)];
  });
  const secrets = leavesOf(settings).filter(({ flag }) => flag === undefined)
    .map(({ env, setting }) => line(env, plain(setting.about)));
  return [
    'rtc-elements [serve] [options]',
    ...Object.entries(commands).map(([name, { about }]) => `rtc-elements ${name} …   ${about}`),
    '', 'Flags win over the environment, which wins over the file; in brackets: variable and default.', '',
    ...lines, '', '  Secrets, never on the command line:', ...secrets, '',
    ...flagLines(COMMON_FLAGS),
    ...Object.entries(commands).flatMap(([name, { flags }]) => ['', `  ${name}:`, ...flagLines(flags)]),
    '',
  ].join('\n');
}

/** Each setting as it would hold, and where that was said; a hidden one only as being there. */
export function effectiveConfig({ given, config }: Pick<Invocation, 'given' | 'config'>): string {
  const limits = Object.entries<unknown>({ ...resolveLimits(config.capacity ?? DEFAULTS.capacity, config.limits) });
  const derived = new Map(limits.map(([name, value]) => [`limits.${name}`, value]));
  const byKey = new Map(given.map((one) => [one.leaf.key, one]));
  return leavesOf(settings).filter(({ holds }) => holds === undefined).map((leaf) => {
    const { kind, hidden } = leaf.setting;
    const standard = derived.get(leaf.key) ?? leaf.setting.default;
    const one = byKey.get(leaf.key);
    if (!one) return `${leaf.key} = ${standard === undefined ? `(${plain(defaultOf(leaf))})` : writeText(kind, standard)}   # default\n`;
    return `${leaf.key} = ${hidden ? '(set)' : writeText(kind, one.value)}   # ${one.from}\n`;
  }).join('');
}

export function defaultOf({ setting: { kind, default: standard, defaultText } }: Leaf): string {
  return defaultText ?? (standard === undefined ? 'none' : writeText(kind, standard));
}

/** As it is written on the command line; a switch that is on is switched off. */
export function flagOf({ flag, setting: { kind, default: standard, off } }: Leaf): string | undefined {
  if (flag === undefined) return undefined;
  const name = standard === true ? `--no-${flag}` : `--${flag}${PLACES[kind]}`;
  return off === undefined ? name : `${name}, --no-${off}`;
}

function flagLines(flags: Command['flags']): string[] {
  return Object.entries(flags).map(([name, { type, about }]) => line(`--${name}${type === 'string' ? ' <text>' : ''}`, about));
}

function line(left: string, right: string): string {
  return `  ${left.padEnd(WIDTH)} ${right}`.trimEnd();
}

/** Without the backquotes of the documentation. */
function plain(words: string): string {
  return words.replaceAll('`', '');
}
