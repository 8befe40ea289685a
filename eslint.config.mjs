// @ts-check
import js from '@eslint/js';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';
import { floorsRule } from './scripts/lib/floors-rule.mjs';

/** chai's `equal`, to which @open-wc/semantic-dom-diff gives a promise that nobody need await. */
const CHAI_EQUAL = 'Equal';
const NODE_TEST = { from: /** @type {const} */ ('package'), package: 'node:test', name: ['describe', 'it', 'suite', 'test'] };

/** @returns {import('eslint').Linter.RuleEntry} */
function maxLength(/** @type {number} */ code) {
  return ['error', { code, ignoreUrls: true, ignoreRegExpLiterals: true, ignoreTemplateLiterals: true }];
}

export default defineConfig(
  { ignores: ['dist/', 'test/apps/', 'dist-docs/', '**/*.tgz'] },
  js.configs.recommended,
  {
    rules: {
      'eqeqeq': 'error',
      'max-len': maxLength(130),
      'no-warning-comments': 'error',
      'no-restricted-properties': ['error',
        ...['describe', 'it', 'test', 'suite'].flatMap((object) => ['only', 'skip'].map((property) => ({ object, property })))],
      'object-shorthand': 'error',
      'no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'prefer-const': 'error',
    },
  },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    plugins: { house: { rules: { floors: floorsRule } } },
    rules: {
      'house/floors': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-floating-promises': ['error', { allowForKnownSafeCalls: [NODE_TEST, CHAI_EQUAL] }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // Options carry callbacks in method notation, and are taken apart.
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
    },
  },
  { files: ['src/**/*.ts', 'components/**/*.ts'], ignores: ['**/*.test.ts'], rules: { 'no-console': 'error' } },
  // Two versions on one page are no failure, and there is no room yet to tell.
  // What a page got wrong is told to who looks for it, too.
  {
    files: ['components/define/define.ts', 'components/rtc-room/failures.ts'],
    rules: { 'no-console': ['error', { allow: ['warn'] }] },
  },
  {
    files: ['**/*.test.ts', '**/*.testing.ts'],
    rules: {
      // A row of a table reads best in one line.
      'max-len': maxLength(160),
      // chai's assertions are expressions; a `!` that is wrong fails the test, as it should.
      '@typescript-eslint/no-unused-expressions': 'off', '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  // Scripts are checked by TypeScript, which knows their globals; the demo is exercised in a browser.
  { files: ['**/*.mjs', 'demo/**/*.js', 'scripts/site/search.js'], rules: { 'no-undef': 'off' } },
);
