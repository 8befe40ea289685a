import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';
import { transform } from 'esbuild';

/** @type {import('rollup').Plugin} */
const typescript = {
  name: 'typescript',
  async transform(source, id) {
    if (!id.endsWith('.ts')) return null;
    const { code } = await transform(source, { loader: 'ts', target: 'es2022', sourcefile: id });
    return { code, map: null };
  },
};

/** What the browsers of the floor understand. */
const BROWSERS = ['chrome125', 'firefox128', 'safari17.4'];

/** Style sheets are template strings, which nobody else minifies; what holds an expression or an escape is left alone. */
const leanStyles = {
  name: 'lean-styles',
  async transform(/** @type {string} */ source, /** @type {string} */ id) {
    if (!id.endsWith('.ts')) return null;
    let code = source;
    for (const [whole, styles = ''] of source.matchAll(/\bcss`([^`$\\]*)`/g)) {
      const lean = await transform(styles, { loader: 'css', minify: true, target: BROWSERS });
      code = code.replace(whole, () => `css\`${lean.code.trim()}\``);
    }
    return { code, map: null };
  },
};

/** Of socket.io-client the engine calls a tenth. (Who imports the package from npm gets the library whole.) */
const leanSocketIo = {
  name: 'lean-socket-io',
  resolveId: (/** @type {string} */ source) =>
    (source === 'socket.io-client' ? fileURLToPath(new URL('scripts/lean-socket-io/client.ts', import.meta.url)) : null),
};

const ADOPTS = /(?<==)\w+\.ShadowRoot&&[^,]*"replace"in CSSStyleSheet\.prototype(?=,)/;
/** All browsers of the floor adopt style sheets: what stands in for that in others goes. */
const adoptedStyles = {
  name: 'adopted-styles',
  transform(/** @type {string} */ source, /** @type {string} */ id) {
    if (!id.endsWith('/reactive-element/css-tag.js')) return null;
    if (!ADOPTS.test(source)) throw new Error(`${id} asks in other words whether style sheets can be adopted.`);
    return { code: source.replace(ADOPTS, 'true'), map: null };
  },
};

const HERE = fileURLToPath(new URL('.', import.meta.url));
/**
 * Of a file with everything in it: first the style sheets, then the engine, then all else. gzip looks 32 kB back, and finds more
 * where what is alike stands together. A sheet that nothing uses stays away all the same.
 * @type {import('rollup').Plugin}
 */
const alikeTogether = {
  name: 'alike-together',
  transform(/** @type {string} */ source, /** @type {string} */ id) {
    if (!this.getModuleInfo(id)?.isEntry) return null;
    const sheets = readdirSync(`${HERE}components`, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.styles.ts'));
    const first = [...sheets.map((file) => `components/${file}`), 'src/index.ts', 'src/topology/mesh/create-mesh.ts'];
    return { code: `${first.map((file) => `import '${HERE}${file}';`).join('')}${source}`, map: null };
  },
  resolveId: (/** @type {string} */ source) => (source.startsWith(HERE) ? { id: source, moduleSideEffects: false } : null),
};

const LAZY_MESH = fileURLToPath(new URL('src/topology/mesh/lazy-mesh.ts', import.meta.url));
/** Who paints a lobby first needs no mesh for it. */
const lazyMesh = {
  name: 'lazy-mesh',
  resolveId: (/** @type {string} */ source, /** @type {string | undefined} */ importer) =>
    (source.endsWith('/create-mesh.ts') && importer !== LAZY_MESH ? LAZY_MESH : null),
};

/**
 * esbuild gives private fields the same short names in every class, terser new ones in each; terser compresses more. One after
 * the other they save a tenth of the gzipped size.
 */
const shortPrivateNames = {
  name: 'short-private-names',
  async renderChunk(/** @type {string} */ source) {
    const { code } = await transform(source, { minify: true, target: 'es2022', format: 'esm' });
    return { code, map: null };
  },
};

/**
 * One ES module that holds all it needs at once; what it loads on demand stands in chunks/ under a name with its hash, or in the
 * file as well.
 * @param {string} input
 * @param {string} name
 * @param {{ inlineDynamicImports?: boolean, plugins?: import('rollup').Plugin[] }} [more]
 * @returns {import('rollup').RollupOptions & { output: import('rollup').OutputOptions }}
 */
const bundle = (input, name, { inlineDynamicImports = false, plugins = [] } = {}) => ({
  input: { [name]: input },
  // Without this, one chunk that uses something of the entry would turn the entry into two files.
  preserveEntrySignatures: 'allow-extension',
  plugins: [
    ...plugins,
    leanSocketIo,
    nodeResolve({ browser: true }),
    leanStyles,
    adoptedStyles,
    typescript,
    shortPrivateNames,
    terser({
      module: true, ecma: 2022, format: { comments: false },
      compress: { passes: 3, unsafe: true, unsafe_arrows: true, unsafe_methods: true, pure_getters: true },
    }),
  ],
  output: {
    dir: 'dist',
    format: 'es',
    entryFileNames: '[name].js',
    chunkFileNames: 'chunks/[name]-[hash].js',
    inlineDynamicImports,
  },
});

/**
 * The same in one file: only what it loads on demand may stand elsewhere.
 * @param {string} input
 * @param {string} name
 */
export const oneFile = (input, name, inlineDynamicImports = true) =>
  bundle(input, name, { inlineDynamicImports, plugins: [alikeTogether] });

const RTC_JS = 'components/define/rtc-js.ts';
/** @type {{ version: string }} */
const { version } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'));

export default [
  bundle(RTC_JS, 'rtc', { plugins: [lazyMesh] }),
  // For `integrity`, which covers one file: a chunk would be loaded without.
  oneFile(RTC_JS, `rtc-${version}`),
  bundle('src/index.ts', 'engine'),
  bundle('src/debug/index.ts', 'debug'),
];
