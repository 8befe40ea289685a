// Writes the tables of the documentation from the code.
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { TABLES, withTables } from './lib/docs-tables.ts';
import { root } from './lib/root.mjs';

for (const [path, tables] of Object.entries(TABLES)) {
  const file = resolve(root, path);
  const [before, after] = [readFileSync(file, 'utf8'), withTables(readFileSync(file, 'utf8'), tables)];
  if (before !== after) writeFileSync(file, after);
  console.log(`${path}: ${before === after ? 'up to date' : 'written'}`);
}
