import { readFileSync } from 'node:fs';
import { after, before, describe, type TestContext } from 'node:test';
import { findRedis, startRedis, type Redis } from '../../test/support/redis.ts';
import type { RelayOptions } from '../index.ts';
import { startTrusting } from '../people.testing.ts';
import type { TestRelay } from '../relay.testing.ts';

export const PASSWORD = 'hush-hush';
const DATABASES = 64;
const found = findRedis();

/** A real Redis, and databases of it that nobody else uses. */
export interface Stage {
  readonly redis: Redis;
  /** For a user that may do no more than docs/several-machines.md lets it. */
  freshUrl(): string;
}

/** A `describe` over one real Redis; skipped, loudly, where none can be had. */
export function describeRedis(name: string, tests: (stage: Stage) => void): void {
  describe(name, { skip: 'missing' in found && found.missing }, () => {
    let redis: Redis;
    let databases = 0;
    const flags = ['--databases', String(DATABASES), '--user', 'relay', 'on', `>${PASSWORD}`, ...rules()];
    before(async () => { if ('path' in found) redis = await startRedis(found.path, ...flags); });
    after(() => redis.stop());
    tests({
      get redis() { return redis; },
      freshUrl: () => `${redis.url.replace('//', `//relay:${PASSWORD}@`)}/${databases++}`,
    });
  });
}

/** Two relays in this process on one Redis: anyone is believed. */
export async function startTwo(t: TestContext, redis: string, options: RelayOptions = {}): Promise<[TestRelay, TestRelay]> {
  const start = () => startTrusting(t, { redis, ...options });
  return [await start(), await start()];
}

/** As the documentation has them for one database. */
function rules(): string[] {
  const docs = readFileSync(new URL('../../docs/several-machines.md', import.meta.url), 'utf8');
  const [, line = ''] = /^ACL SETUSER relay on >… (.+)$/m.exec(docs) ?? [];
  const all = (rule: string) => Array.from({ length: DATABASES }, (_, database) => rule.replace(':0:', `:${database}:`));
  return line.split(' ').flatMap((rule) => rule.includes(':0:') ? all(rule) : [rule]);
}
