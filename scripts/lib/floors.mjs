// @ts-check
// Who may import whom (ARCHITECTURE.md). The one table: the lint rule and test/floors.node.test.ts read it.
import { posix } from 'node:path';

/**
 * `at` a folder or file; the longest one that holds a file decides. `may`: files and folders besides the floor itself.
 * `packages`: bare imports; `node:` stands for all of Node's own.
 * @type {readonly { at: string, may: readonly string[], packages?: readonly string[] }[]}
 */
export const FLOORS = [
  { at: 'src/shared', may: [] },
  { at: 'src/protocol', may: ['src/shared'] },
  { at: 'src/signaling', may: ['src/protocol', 'src/shared'], packages: ['socket.io-client'] },
  { at: 'src/diagnosis', may: ['src/signaling', 'src/protocol', 'src/shared'] },
  { at: 'src/link', may: ['src/signaling', 'src/protocol', 'src/shared'] },
  { at: 'src/identity', may: ['src/protocol', 'src/shared'], packages: ['jose'] },
  { at: 'src/negotiation', may: ['src/protocol', 'src/shared'] },
  { at: 'src/channels', may: ['src/protocol', 'src/shared'] },
  { at: 'src/files', may: ['src/channels', 'src/protocol', 'src/shared'] },
  { at: 'src/media', may: ['src/protocol', 'src/shared'] },
  { at: 'src/stats', may: ['src/protocol', 'src/shared'] },
  {
    at: 'src/peer',
    may: ['src/identity', 'src/negotiation', 'src/channels', 'src/media', 'src/stats', 'src/protocol', 'src/shared'],
  },
  { at: 'src/rtcio', may: ['src/peer', 'src/channels', 'src/media', 'src/protocol', 'src/shared'] },
  { at: 'src/topology', may: ['src/identity', 'src/channels', 'src/media', 'src/protocol', 'src/shared'] },
  {
    at: 'src/topology/mesh',
    may: ['src/topology/topology.ts', 'src/topology/views.ts', 'src/peer', 'src/rtcio', 'src/link', 'src/signaling',
      'src/identity', 'src/negotiation', 'src/channels', 'src/media', 'src/protocol', 'src/shared'],
  },
  {
    at: 'src/room',
    may: ['src/topology/topology.ts', 'src/topology/views.ts', 'src/diagnosis', 'src/identity', 'src/files', 'src/media',
      'src/stats', 'src/protocol', 'src/shared'],
  },
  { at: 'src/room/create-room.ts', may: ['src'] },
  { at: 'src/debug', may: ['src'] },
  { at: 'src/index.ts', may: ['src'] },
  { at: 'components', may: ['src/index.ts'], packages: ['lit', '@lit/context', 'qr'] },
  {
    at: 'server', may: ['src/protocol', 'src/shared/errors.ts'],
    // Of these, docs/decisions/014-dependencies.md says which are there only where they are wanted.
    packages: [
      'node:', 'socket.io', 'valibot', 'selfsigned', 'jose', 'pino', 'prom-client', '@redis/client', '@socket.io/redis-adapter',
    ],
  },
];

/** @returns {boolean} whether `path` is `place` or lies in it */
function within(/** @type {string} */ path, /** @type {string} */ place) {
  return path === place || path.startsWith(`${place}/`);
}

/** Tests stand outside of the house: they may look into any room. */
export function isTest(/** @type {string} */ file) {
  return /(?:\.test|\.testing)\.ts$/.test(file);
}

/**
 * @param {string} file path in the repository, with `/`
 * @param {string} specifier as written in its import
 * @returns {string | undefined} what is wrong with it
 */
export function floorViolation(file, specifier) {
  if (isTest(file)) return undefined;
  const floor = FLOORS.filter(({ at }) => within(file, at)).sort((a, b) => b.at.length - a.at.length)[0];
  if (!floor) return undefined;
  if (specifier.startsWith('.')) {
    const target = posix.join(posix.dirname(file), specifier);
    if (isTest(target)) return `${file} imports the test ${target}.`;
    return [floor.at, ...floor.may].some((place) => within(target, place)) ? undefined
      : `${floor.at} may import ${floor.may.join(', ') || 'nothing'}; ${target} is not among it.`;
  }
  const packages = floor.packages ?? [];
  return packages.some((name) => within(specifier, name) || (name === 'node:' && specifier.startsWith(name))) ? undefined
    : `${floor.at} may import ${packages.join(', ') || 'no package'}; ${specifier} is not among it.`;
}
