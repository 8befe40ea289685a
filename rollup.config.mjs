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

/**
 * The engine speaks to its relay over WebSocket alone, through one `Manager`: HTTP polling, WebTransport, reconnecting and `io()`'s
 * table of connections stay out of the bundles. (Who imports the package from npm gets the library whole.)
 */
const leanSocketIo = {
  name: 'lean-socket-io',
  load: (/** @type {string} */ id) => {
    if (/socket\.io-client[\\/]build[\\/]esm[\\/]index\.js$/.test(id)) return "export { Manager } from './manager.js';";
    if (/engine\.io-client[\\/]build[\\/]esm[\\/]transports[\\/]index\.js$/.test(id)) {
      return "import { WS } from './websocket.js'; export const transports = { websocket: WS };";
    }
    // Reconnecting is the engine's own (`reconnection: false`): of the back-off only `reset` is ever called.
    if (/socket\.io-client[\\/].*backo2\.js$/.test(id)) return 'export class Backoff { attempts = 0; reset() {} }';
    // Binary packets travel as base64 over polling only.
    if (/engine\.io-parser[\\/].*base64-arraybuffer\.js$/.test(id)) return 'export const decode = () => new ArrayBuffer(0);';
    return null;
  },
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

/** One ES module that holds all it needs at once; what it loads on demand stands in chunks/ under a name with its hash. */
const bundle = (/** @type {string} */ input, /** @type {string} */ name) => /** @type {import('rollup').RollupOptions} */ ({
  input: { [name]: input },
  // engine.io-client declares no `sideEffects`; the transports its index exports have none.
  treeshake: { moduleSideEffects: (id) => !id.includes('engine.io-client') },
  // Without this, one chunk that uses something of the entry would turn the entry into two files.
  preserveEntrySignatures: 'allow-extension',
  plugins: [
    nodeResolve({ browser: true }),
    leanSocketIo,
    typescript,
    shortPrivateNames,
    terser({
      module: true, ecma: 2022, compress: { passes: 3, unsafe: true, unsafe_arrows: true, unsafe_methods: true, pure_getters: true }, format: { comments: false },
      // What socket.io keeps to itself begins with an underscore; one such name is its wire's.
      mangle: { properties: { regex: /^_[a-z]/, reserved: ['_placeholder'] } },
    }),
  ],
  output: {
    dir: 'dist',
    format: 'es',
    entryFileNames: '[name].js',
    chunkFileNames: 'chunks/[name]-[hash].js',
  },
});

export default [bundle('components/define/rtc-js.ts', 'rtc'), bundle('src/index.ts', 'engine')];
