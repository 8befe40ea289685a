import { build } from 'esbuild';
import { root } from '../../scripts/lib/root.mjs';
import { ENTRIES } from './check-script.ts';
import type { Snippet } from './snippets.ts';

/**
 * One module that gives a snippet what it may use, and then runs it, with the package from its sources.
 * @param give - The module that gives, from the repository's root
 * @param code - The snippet's, with addresses that are there
 */
export async function bundleSnippet(
  { language, given }: Snippet, give: string, code: string, platform: 'browser' | 'node',
): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: `await import('./${give}');\nawait import('the-snippet');`, resolveDir: root },
    bundle: true, write: false, format: 'esm', platform, target: 'es2022', logLevel: 'silent',
    ...(platform === 'node' && { packages: 'external' as const }),
    plugins: [{
      name: 'snippet',
      setup({ onResolve, onLoad }) {
        onResolve({ filter: /^the-snippet$/ }, ({ path }) => ({ path, namespace: 'snippet' }));
        onResolve({ filter: /^rtc-elements/ }, ({ path }) => ({ path: `${root}/${ENTRIES[path as keyof typeof ENTRIES]}` }));
        onLoad({ filter: /^/, namespace: 'snippet' }, () => ({
          contents: `${given};\n${code}`, loader: language === 'ts' ? 'ts' : 'js', resolveDir: root,
        }));
      },
    }],
  });
  return outputFiles[0]?.text ?? '';
}
