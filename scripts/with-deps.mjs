// @ts-check
// `node scripts/with-deps.mjs tsc --noEmit`: a tool of this repository, installed first when it is missing.
import { ensureDeps } from './lib/deps.mjs';
import { isTool, runNode, toolArgs } from './lib/run.mjs';

const [tool = '', ...args] = process.argv.slice(2);
if (!isTool(tool)) throw new TypeError(`Unknown tool "${tool}".`);
ensureDeps();
process.exitCode = await runNode(toolArgs(tool, ...args));
