import ts from 'typescript';
import { root } from '../../scripts/lib/root.mjs';
import { GIVEN } from './given.ts';
import type { Snippet } from './snippets.ts';

/** What an app imports, and where it stands here. */
export const ENTRIES = {
  'rtc-elements': 'components/index.ts', 'rtc-elements/define': 'components/define/all.ts', 'rtc-elements/engine': 'src/index.ts',
  'rtc-elements/debug': 'src/debug/index.ts', 'rtc-elements/server': 'server/index.ts',
};

/**
 * What the compiler has to say of these snippets, each a module of its own. JavaScript is checked as far as its types are known.
 * @returns a line for each mistake
 */
export function checkScripts(snippets: readonly Snippet[]): string[] {
  const given = `${root}/given.ts`;
  const snippetOf = new Map(snippets.map((snippet, index) => [`${root}/snippet-${index}.${snippet.language}`, snippet]));
  const texts = new Map([[given, GIVEN], ...[...snippetOf].map(([file, snippet]) => [file, textOf(snippet)] as const)]);
  const { options } = ts.parseJsonConfigFileContent(ts.readConfigFile(`${root}/tsconfig.json`, ts.sys.readFile).config, ts.sys, root);
  const all: ts.CompilerOptions = {
    ...options, module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler, types: ['node'], checkJs: true,
    // As loose as an app may be.
    noUnusedLocals: false, noUnusedParameters: false, noImplicitAny: false, noImplicitOverride: false, strictNullChecks: false,
    exactOptionalPropertyTypes: false, noPropertyAccessFromIndexSignature: false, isolatedModules: false,
    paths: Object.fromEntries(Object.entries(ENTRIES).map(([name, path]) => [name, [`${root}/${path}`]])),
  };
  const host = ts.createCompilerHost(all);
  const { getSourceFile, fileExists } = host;
  host.fileExists = (file) => texts.has(file) || fileExists(file);
  host.getSourceFile = (file, ...rest) => {
    const text = texts.get(file);
    return text === undefined ? getSourceFile(file, ...rest) : ts.createSourceFile(file, text, ts.ScriptTarget.ES2022);
  };
  const program = ts.createProgram([...texts.keys()], all, host);
  return [...snippetOf].flatMap(([file, snippet]) => {
    const source = program.getSourceFile(file);
    return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map((mistake) => {
      const line = source?.getLineAndCharacterOfPosition(mistake.start ?? 0).line ?? 0;
      return `${snippet.at} +${line}: ${ts.flattenDiagnosticMessageText(mistake.messageText, ' ')}`;
    });
  });
}

/** The given in the first line, so that line numbers are those of the snippet. */
function textOf({ given, code }: Snippet): string {
  return `${given.replaceAll('\n', ' ')};\n${code}\nexport {};\n`;
}
