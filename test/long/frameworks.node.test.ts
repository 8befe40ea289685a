// Small apps, one for each framework, built from the packed package as a stranger builds them. They need the npm registry.
import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { root } from '../../scripts/lib/root.mjs';
import { until } from '../support/browser.ts';
import type { TestPage } from '../support/browser.ts';
import { assertMet, enter, openRoom } from '../support/call.ts';
import { serveFolder } from '../support/serve-folder.ts';
import { useStage } from '../support/stage.ts';
import { npmInstall, packInto, run } from '../support/tarball.ts';

/** Compilers and the Angular CLI take their time. */
const LIMIT = { timeout: 5 * 60_000 };

interface App {
  readonly title: string;
  /** Where it writes to a room and listens. */
  readonly source: string;
  /** What its type check has to refuse, each by itself: what stands there, what is written instead, what is said of it. */
  readonly slips: readonly (readonly [right: string, wrong: string, said: RegExp])[];
  /** How often it says it was mounted, if it does. */
  readonly mounts?: string;
}

const PROPERTY = ['displayName', 'displayNaem', /displayNaem/] as const;
const DETAIL = ['participant.name', 'participant.naem', /naem/] as const;
const EVENT = ['rtc-participant-joined', 'rtc-participant-joinde', /joinde|detail|implicitly|RtcParticipantJoinedEvent/] as const;

const APPS: Readonly<Record<string, App>> = {
  plain: { title: 'plain Vite', source: 'src/main.ts', slips: [PROPERTY, DETAIL, EVENT] },
  react: { title: 'React in StrictMode', source: 'src/app.tsx', slips: [PROPERTY, DETAIL, EVENT], mounts: '2' },
  vue: { title: 'Vue', source: 'src/app.vue', slips: [PROPERTY, DETAIL, EVENT] },
  svelte: { title: 'Svelte', source: 'src/app.svelte', slips: [PROPERTY, DETAIL, EVENT] },
  solid: { title: 'Solid', source: 'src/app.tsx', slips: [PROPERTY, DETAIL, EVENT] },
  // What its templates bind to a foreign element Angular does not check (CUSTOM_ELEMENTS_SCHEMA).
  angular: { title: 'Angular', source: 'src/app.ts', slips: [['.getToken', '.getTokne', /getTokne/], DETAIL, EVENT] },
};

/** What docs/frameworks.md shows as this app's, its configuration apart. */
function documented(name: string): [language: string, code: string][] {
  const page = readFileSync(join(root, 'docs/frameworks.md'), 'utf8');
  const snippet = new RegExp(`<!-- elsewhere: test/apps/${name} -->\\n\`\`\`(?!js)(\\w+)\\n([^]*?)\`\`\``, 'g');
  const found = [...page.matchAll(snippet)].map(([, language = '', code = '']): [string, string] => [language, code]);
  assert.equal(found.length, name === 'plain' ? 0 : 1, `a snippet of ${name}`);
  return found;
}

describe('an app built from the packed package', () => {
  const stage = useStage();
  const folder = mkdtempSync(join(tmpdir(), 'rtc-elements-apps-'));
  let tarball: string;
  before(async () => { tarball = await packInto(folder); });
  after(() => { rmSync(folder, { recursive: true, force: true }); });

  for (const [name, { title, source, slips, mounts }] of Object.entries(APPS)) {
    describe(`with ${title}`, () => {
      const app = join(folder, name);

      it('is installed, with what is documented in it', LIMIT, async () => {
        cpSync(join(root, 'test/apps', name), app, { recursive: true });
        for (const [language, code] of documented(name)) writeFileSync(join(app, `src/snippet.${language}`), code);
        await npmInstall(app, tarball);
      });

      it('passes its type check, which refuses a wrong property, a wrong event, and what an event has not', LIMIT, async () => {
        await run(app, 'npm', 'run', 'check');
        const file = join(app, source);
        const written = readFileSync(file, 'utf8');
        for (const [right, wrong, said] of slips) {
          assert.ok(written.includes(right), right);
          writeFileSync(file, written.replaceAll(right, wrong));
          await assert.rejects(run(app, 'npm', 'run', 'check'), said, wrong);
        }
        writeFileSync(file, written);
      });

      it('holds a call', LIMIT, async () => {
        await run(app, 'npm', 'run', 'build');
        const { origin, stop } = await serveFolder(join(app, 'dist'));
        try {
          const open = async (person: string): Promise<TestPage> => {
            const query = new URLSearchParams({ room: stage.room, server: stage.relay.origin, name: person });
            const page = stage.own(await openRoom(stage.browser, `${origin}/?${String(query)}`));
            await until(page, (wanted) => document.querySelector('rtc-room')?.displayName === wanted, person);
            return page;
          };
          const [ada, bo] = [await open('Ada'), await open('Bo')];
          const [adaId, boId] = [await enter(ada, 'Ada'), await enter(bo, 'Bo')];
          await Promise.all([assertMet(ada, boId), assertMet(bo, adaId)]);
          for (const [page, other] of [[ada, 'Bo'], [bo, 'Ada']] as const) {
            await until(page, (wanted) => document.querySelector('output')?.textContent === wanted, other);
            assert.deepEqual(await page.evaluate(() => {
              const element = document.querySelector('rtc-room');
              const { participants } = room.snapshot;
              return [element?.relayOnly, document.title, participants.length, document.body.dataset['mounts'] ?? ''];
            }), [false, 'asked for a token', 1, mounts ?? '']);
            assert.deepEqual(page.problems, []);
          }
        } finally {
          stop();
        }
      });
    });
  }
});
