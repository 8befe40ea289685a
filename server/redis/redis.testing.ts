import { after, before, describe, type TestContext } from 'node:test';
import { findRedis, startRedis, type Redis } from '../../test/support/redis.ts';
import type { RelayOptions } from '../index.ts';
import { startTrusting } from '../people.testing.ts';
import type { TestRelay } from '../relay.testing.ts';

const found = findRedis();

/** A real Redis, and databases of it that nobody else uses. */
export interface Stage { readonly redis: Redis; freshUrl(): string }

/** A `describe` over one real Redis; skipped, loudly, where none can be had. */
export function describeRedis(name: string, tests: (stage: Stage) => void, flags: readonly string[] = []): void {
  describe(name, { skip: 'missing' in found && found.missing }, () => {
    let redis: Redis;
    let databases = 0;
    before(async () => { if ('path' in found) redis = await startRedis(found.path, '--databases', '100', ...flags); });
    after(() => redis.stop());
    tests({ get redis() { return redis; }, freshUrl: () => `${redis.url}/${databases++}` });
  });
}

/** Two relays in this process on one Redis: anyone is believed. */
export async function startTwo(t: TestContext, redis: string, options: RelayOptions = {}): Promise<[TestRelay, TestRelay]> {
  const start = () => startTrusting(t, { redis, ...options });
  return [await start(), await start()];
}
