// Writes what describes the elements to tools: custom-elements.json, types for frameworks, data for editors.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { customElementsManifest } from './lib/manifest/custom-elements.ts';
import { describeElements } from './lib/manifest/describe-elements.ts';
import { frameworkTypes } from './lib/manifest/framework-types.ts';
import { vscodeData } from './lib/manifest/vscode-data.ts';
import { root } from './lib/root.mjs';

const elements = describeElements();
const json = (value: object) => `${JSON.stringify(value, undefined, 2)}\n`;

write('custom-elements.json', json(customElementsManifest(elements)));
write('vscode.html-custom-data.json', json(vscodeData(elements)));
for (const [name, text] of Object.entries(frameworkTypes(elements))) write(`frameworks/${name}`, text);
// For who imports an entry of types as if there was something to run.
write('frameworks/types-only.js', 'export {};\n');

function write(name: string, text: string): void {
  const file = resolve(root, 'dist', name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
