// @ts-check
import { relative, sep } from 'node:path';
import { floorViolation } from './floors.mjs';
import { root } from './root.mjs';

/** The floors as a lint rule, so that an editor tells at once. @type {import('eslint').Rule.RuleModule} */
export const floorsRule = {
  meta: { type: 'problem', docs: { description: 'Imports keep to the floors of scripts/lib/floors.mjs.' } },
  create(context) {
    const file = relative(root, context.filename).split(sep).join('/');
    /** @param {{ source?: import('estree').Node | null | undefined }} node */
    const check = ({ source }) => {
      if (source?.type !== 'Literal' || typeof source.value !== 'string') return;
      const message = floorViolation(file, source.value);
      if (message) context.report({ node: source, message });
    };
    return { ImportDeclaration: check, ExportNamedDeclaration: check, ExportAllDeclaration: check, ImportExpression: check };
  },
};
