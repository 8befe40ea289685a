import type { Finding } from '../../src/index.ts';

/** For whoever helps: codes rather than sentences, and neither addresses nor secrets, which no finding has. */
export function reportOf(findings: readonly Finding[], agent: string, at: Date): string {
  const lines = findings.map(({ check, state, code, candidates }) =>
    `${check}: ${state}${code ? ` (${code})` : ''}${candidates ? `: ${candidates.join(', ') || 'none'}` : ''}`);
  return [`rtc-doctor ${at.toISOString()}`, agent, ...lines, ''].join('\n');
}
