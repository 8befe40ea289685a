import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { defaultLimits } from '../limits.ts';
import { ConfigError } from './config-error.ts';
import { leavesOf } from './leaves.ts';
import { effectiveConfig, helpText } from './print.ts';
import { readConfig } from './read.ts';
import { toRelayOptions } from './relay-options.ts';
import { settings } from './schema.ts';
import { writeText } from './setting.ts';

const CANARY = 'canary-0123456789-canary-0123456789';

function folder(t: TestContext): (name: string, content: unknown) => string {
  const dir = mkdtempSync(join(tmpdir(), 'relay-config-'));
  t.after(() => { rmSync(dir, { recursive: true }); });
  return (name, content) => {
    writeFileSync(join(dir, name), typeof content === 'string' ? content : JSON.stringify(content));
    return join(dir, name);
  };
}

const read = (args = '', env: Record<string, string> = {}) => readConfig({ args: args.split(' ').filter(Boolean), env });

function mistake(args: string | string[], env: Record<string, string> = {}): string {
  try {
    readConfig({ args: typeof args === 'string' ? args.split(' ').filter(Boolean) : args, env });
  } catch (error) {
    assert.ok(error instanceof ConfigError, String(error));
    return error.message;
  }
  assert.fail('no mistake was found');
}

describe('settings', () => {
  const leaves = leavesOf(settings);

  it('have names that no two share, and none of the system', () => {
    for (const names of [leaves.map(({ key }) => key), leaves.map(({ env }) => env), leaves.flatMap(({ flag }) => flag ?? [])]) {
      assert.deepEqual(names.filter((name, index) => names.indexOf(name) !== index), []);
      assert.deepEqual(names.filter((name) => ['PATH', 'HOME', 'USER', 'TERM', 'config', 'help', 'version'].includes(name)), []);
    }
  });

  it('cover every bound of the relay', () => {
    const bounds = leaves.flatMap(({ key }) => /^limits\.(\w+)$/.exec(key)?.[1] ?? []);
    assert.deepEqual(bounds.sort(), Object.keys(defaultLimits(8)).sort());
    assert.ok(leaves.every(({ setting }) => setting.about && setting.example), 'each says what it is for');
  });

  for (const { key, flag, env, setting } of leaves.filter((leaf) => leaf.setting.default !== undefined)) {
    it(`${key} is read alike from flag, environment and file`, (t) => {
      const put = folder(t);
      const value = setting.default;
      const word = writeText(setting.kind, value);
      const nested = key.split('.').reverse().reduce<unknown>((inner, name) => ({ [name]: inner }), value);
      const flagged = setting.kind === 'switch' ? [`--${value === true ? '' : 'no-'}${flag ?? ''}`] : [`--${flag ?? ''}`, word];
      for (const [from, { given }] of Object.entries({
        [flagged[0] ?? '']: readConfig({ args: flagged, env: {} }),
        [env]: read('', { [env]: word }),
        [`${key} in ${put('relay.json', nested)}`]: read('', { RELAY_CONFIG: put('relay.json', nested) }),
      })) {
        assert.deepEqual(given.map((one) => [one.leaf.key, one.from, writeText(setting.kind, one.value)]), [[key, from, word]]);
      }
    });
  }
});

describe('readConfig', () => {
  it('takes flags before the environment before the file', (t) => {
    const file = folder(t)('relay.json', { port: 1, capacity: 2, limits: { joinMs: 3 } });
    const { config } = read(`--config ${file} --port 11`, { PORT: '12', CAPACITY: '13' });
    assert.deepEqual(config, { port: 11, capacity: 13, limits: { joinMs: 3 } });
    assert.deepEqual(read('', { CAPACITY: '', RELAY_CONFIG: file }).config.capacity, 2, 'an empty variable is none');
  });

  it('says nothing of what was not given', () => {
    assert.deepEqual(read('serve').config, {});
    assert.deepEqual(toRelayOptions({}), {});
  });

  const values: [string, Record<string, string>, object][] = [
    ['--origin https://a.example --origin https://b.example', {}, { origins: ['https://a.example', 'https://b.example'] }],
    ['', { ORIGINS: 'https://a.example, https://b.example' }, { origins: ['https://a.example', 'https://b.example'] }],
    ['--no-stun', {}, { stunPort: false }],
    ['--stun-port 3478', {}, { stunPort: 3478 }],
    ['', { STUN_PORT: 'off' }, { stunPort: false }],
    ['--no-demo --polling', {}, { demo: false, polling: true }],
    ['', { DEMO: 'no', POLLING: 'yes' }, { demo: false, polling: true }],
    ['--limits-connects 5,0.5', {}, { limits: { connects: { burst: 5, perSecond: 0.5 } } }],
    ['--ice [{"urls":"stun:x"}]', {}, { iceServers: [{ urls: 'stun:x' }] }],
  ];
  for (const [args, env, expected] of values) {
    it(`reads ${args || JSON.stringify(env)}`, () => { assert.deepEqual(read(args, env).config, expected); });
  }

  it('takes any origin for any', () => {
    assert.deepEqual(toRelayOptions(read('--origin *').config), { origins: '*' });
  });

  const mistakes: [string, Record<string, string>, RegExp][] = [
    ['--capacity 0', {}, /^--capacity is not a whole number from 1 to 1024: 0\nExample: --capacity 8$/],
    ['', { CAPACITY: 'x' }, /^CAPACITY is not a whole number from 1 to 1024: x\n/],
    ['--port 65536', {}, /^--port is not a whole number from 0 to 65535: 65536\n/],
    ['--port 1.5', {}, /^--port is not/],
    ['--port', {}, /'--port <value>' argument missing/],
    ['--port -1', {}, /--port/],
    ['--polling=yes', {}, /polling/],
    ['', { POLLING: 'maybe' }, /^POLLING is not true or false: maybe\nExample: --polling$/],
    ['--origin example.com', {}, /^--origin is not a list of origins \(scheme:\/\/host\[:port\]\): \["example\.com"\]\n/],
    ['--limits-connects 5', {}, /^--limits-connects is not burst,perSecond: two numbers of zero or more: 5\nExample: --limits-connects 20,1$/],
    ['--limits-hold-ms 9999999999', {}, /^--limits-hold-ms is not a whole number from 0 to 2147483647/],
    ['--log-format xml', {}, /^--log-format is not one of text, json: xml\n/],
    ['--path /', {}, /^--path is not a path like \/socket\.io: \/\n/],
    ['--prot 1', {}, /^unknown option --prot\. Did you mean --port\?$/],
    ['--qqqqqqqqqqqq', {}, /^unknown option --qqqqqqqqqqqq$/],
    ['start', {}, /^unknown command: start$/],
    ['serve now', {}, /^unknown words after serve: now$/],
    ['--config /nowhere/relay.json', {}, /^the configuration file cannot be read: \/nowhere\/relay\.json$/],
  ];
  for (const [args, env, message] of mistakes) {
    it(`explains ${args || JSON.stringify(env)}`, () => { assert.match(mistake(args, env), message); });
  }

  const files: [string, unknown, RegExp][] = [
    ['a value', { capacity: '8' }, /^capacity in \S+relay\.json is not a whole number from 1 to 1024: 8\n/],
    ['a key', { capcity: 8 }, /^unknown key in \S+relay\.json: capcity\. Did you mean capacity\?$/],
    ['a nested key', { limits: { jonMs: 8 } }, /: limits\.jonMs\. Did you mean limits\.joinMs\?$/],
    ['a group that is a value', { limits: 5 }, /: limits\. Did you mean limits\?$|unknown key/],
    ['a prototype', '{"__proto__": {"port": 1}}', /^unknown key in \S+: __proto__$/],
    ['a list', [], /is not a JSON object/],
    ['broken JSON', `{"secret": "${CANARY}" "port": 1}`, /is not JSON \(line 1 column \d+\)$|is not JSON$/],
  ];
  for (const [what, content, message] of files) {
    it(`explains ${what} of the file`, (t) => {
      const text = mistake(`--config ${folder(t)('relay.json', content)}`);
      assert.match(text, message);
      assert.ok(!text.includes(CANARY));
    });
  }

  it('names what is missing beside what was given', () => {
    const { config } = read('--turn turn:turn.example.com:3478');
    assert.throws(() => toRelayOptions(config), { message: /^turn\.secret is missing: turn\.… was given without it\nExample: TURN_SECRET=/ });
  });
});

describe('secrets', () => {
  const secrets = leavesOf(settings).filter(({ setting }) => setting.secret);

  it('come from the environment, the file, or files that those name', (t) => {
    const put = folder(t);
    const path = put('token', `${CANARY}\n`);
    for (const config of [
      read('', { METRICS_TOKEN: CANARY }).config, read('', { METRICS_TOKEN_FILE: path }).config, read(`--metrics-token-file ${path}`).config,
      read(`--config ${put('a.json', { metrics: { token: CANARY } })}`).config, read(`--config ${put('b.json', { metrics: { tokenFile: path } })}`).config,
    ]) assert.deepEqual(config, { metrics: { token: CANARY } });
  });

  it('have no flag', () => {
    assert.ok(secrets.length > 1);
    assert.match(mistake(['--metrics-token', CANARY]), /^unknown option --metrics-token\. Did you mean --metrics-token-file\?$/);
    assert.match(mistake([`--metrics-token=${CANARY}`]), /^unknown option --metrics-token\. Did you mean --metrics-token-file\?$/);
  });

  for (const { key, env } of secrets) {
    it(`${key} is never shown`, (t) => {
      const put = folder(t);
      const nested = (value: unknown) => key.split('.').reverse().reduce<unknown>((inner, name) => ({ [name]: inner }), value);
      const shown = [
        effectiveConfig(read('', { [env]: CANARY })),
        effectiveConfig(read(`--config ${put('relay.json', nested(CANARY))}`)),
        mistake(`--config ${put('relay.json', nested([CANARY]))}`),
        mistake(`--config ${put('relay.json', nested({ deep: CANARY }))}`),
      ];
      for (const text of shown) assert.ok(!text.includes('canary'), text);
      assert.match(shown[0] ?? '', new RegExp(`^${key.replace('.', '\\.')} = \\(set\\) +# ${env}$`, 'm'));
      assert.match(mistake('', { [env]: 'canary' }), new RegExp(`^${env} is not a text of at least \\d+ characters\\nExample: ${env}=`));
      assert.ok(!mistake('', { [env]: 'canary' }).includes('canary'));
    });
  }

  it('written in the wrong place are not repeated', (t) => {
    const file = folder(t)('relay.json', { metrics: { tokenFile: [CANARY] } });
    const key = `-----BEGIN PRIVATE KEY-----\n${CANARY}`;
    const table: [string, string][] = [
      [mistake(`JWT_SECRET=${CANARY}`), 'unknown command: JWT_SECRET'],
      [mistake(`serve JWT_SECRET=${CANARY}`), 'unknown words after serve: JWT_SECRET'],
      [mistake('', { JWT_SECRET_FILE: CANARY }), 'JWT_SECRET_FILE names a file that cannot be read (ENOENT)'],
      [mistake(`--config ${file}`), `metrics.tokenFile in ${file} is not the name of a file`],
      [mistake('', { TLS_KEY: key }), 'TLS_KEY is not the name of a file'],
      [mistake('', { RELAY_SECRET_FILE: key }), 'RELAY_SECRET_FILE is not the name of a file'],
      [mistake('', { JWT_JWKS: `{"keys":[{"k":"${CANARY}"}]}` }), 'JWT_JWKS is not the name of a file, or a URL without a password'],
      [mistake('', { JWT_JWKS: `https://me:${CANARY}@id.example.com/keys` }), 'JWT_JWKS is not the name of a file, or a URL without a password'],
    ];
    for (const [text, beginning] of table) {
      assert.ok(text.startsWith(beginning), text);
      assert.ok(!text.includes('canary'), text);
    }
  });

  it('in ICE servers are not shown either', () => {
    const ice = JSON.stringify([{ urls: 'turn:turn.example.com', username: 'u', credential: CANARY }]);
    assert.ok(!effectiveConfig(read('', { ICE_SERVERS: ice })).includes('canary'));
    assert.ok(!mistake('', { ICE_SERVERS: ice.slice(1) }).includes('canary'));
  });
});

describe('effectiveConfig', () => {
  it('shows every setting, its value and where that came from', (t) => {
    const file = folder(t)('relay.json', { capacity: 3 });
    const lines = effectiveConfig(read(`--config ${file} --port 0`, { POLLING: 'on' })).trimEnd().split('\n');
    assert.equal(lines.length, leavesOf(settings).filter(({ holds }) => holds === undefined).length);
    for (const line of [
      'port = 0   # --port', 'polling = true   # POLLING', `capacity = 3   # capacity in ${file}`, 'trustedHops = 0   # default',
      'limits.messages = 140,50   # default', 'stunPort = (the number of port)   # default',
    ]) assert.ok(lines.includes(line), `${line}\n\n${lines.join('\n')}`);
  });
});

describe('helpText', () => {
  it('has every flag and every variable', () => {
    const help = helpText({});
    for (const { flag, env } of leavesOf(settings)) {
      if (flag !== undefined) assert.match(help, new RegExp(`--(?:no-)?${flag}\\b`));
      assert.ok(help.includes(env), env);
    }
  });
});
