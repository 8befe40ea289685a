/** What holds where nothing was said, for the program and the library alike; the bounds are in limits.ts. */
export const DEFAULTS = {
  port: 3000,
  path: '/socket.io',
  capacity: 8,
  trustedHops: 0,
  clockToleranceS: 5,
  secretFile: '.relay-secret',
  turnTtlS: 600,
  drainMs: 5_000,
  metricsHost: '127.0.0.1',
  hostRoles: ['host'],
  knockMs: 5 * 60_000,
  maxKnocks: 16,
  banMs: 10 * 60_000,
  endedMs: 60_000,
} as const;

/** Within `/` engine.io would take any request for its own, and fail at a target such as `//[`. */
export const PATH_PATTERN = /^(?:\/[A-Za-z0-9_.-]+)+$/;
