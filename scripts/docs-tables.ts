// Writes the tables of the documentation, from the code, and llms.txt, from its index.
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { TABLES, withTables } from './lib/docs-tables.ts';
import { root } from './lib/root.mjs';
import { llmsTxt } from './site/contents.mjs';

for (const [path, tables] of Object.entries(TABLES)) {
  const file = resolve(root, path);
  const [before, after] = [readFileSync(file, 'utf8'), withTables(readFileSync(file, 'utf8'), tables)];
  if (before !== after) writeFileSync(file, after);
  console.log(`${path}: ${before === after ? 'up to date' : 'written'}`);
}
writeFileSync(resolve(root, 'llms.txt'), llmsTxt());
