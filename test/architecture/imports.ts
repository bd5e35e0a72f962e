// Every import of every source file, found by a real parser, so that no comment or string is
// taken for one.
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseSync } from 'oxc-parser';

export const root = fileURLToPath(new URL('../..', import.meta.url));

export interface Import {
  /** The importing file, relative to the root. */
  readonly file: string;
  /** What stands between the quotes. */
  readonly specifier: string;
  /** True where nothing is left of it once the types are stripped. */
  readonly typeOnly: boolean;
}

/** The TypeScript files that a glob names, relative to the root; nothing of node_modules. */
export function sourceFiles(glob: string): readonly string[] {
  return globSync(glob, { cwd: root, exclude: (name) => name === 'node_modules' }).sort();
}

export function importsOf(file: string): readonly Import[] {
  const text = readFileSync(path.join(root, file), 'utf8');
  const parsed = parseSync(file, text);
  if (parsed.errors.length > 0) throw new Error(`${file} does not parse`);
  const { staticImports, staticExports, dynamicImports } = parsed.module;
  return [
    ...staticImports.map(({ moduleRequest, entries }) => ({
      file,
      specifier: moduleRequest.value,
      typeOnly: entries.length > 0 && entries.every((entry) => entry.isType),
    })),
    ...staticExports
      .flatMap(({ entries }) => entries)
      .filter(({ moduleRequest }) => moduleRequest !== null)
      .map(({ moduleRequest, isType }) => ({
        file,
        specifier: moduleRequest?.value ?? '',
        typeOnly: isType,
      })),
    ...dynamicImports.flatMap(({ moduleRequest }) => {
      const written = text.slice(moduleRequest.start, moduleRequest.end);
      const literal = /^['"](.*)['"]$/.exec(written);
      return literal?.[1] ? [{ file, specifier: literal[1], typeOnly: false }] : [];
    }),
  ];
}

/** `@ridgeline/learn/model-folder` → package `@ridgeline/learn`, entry `./model-folder`. */
export function splitSpecifier(specifier: string): { name: string; entry: string } {
  const parts = specifier.split('/');
  const length = specifier.startsWith('@') ? 2 : 1;
  const rest = parts.slice(length).join('/');
  return { name: parts.slice(0, length).join('/'), entry: rest ? `./${rest}` : '.' };
}

export function isRelative(specifier: string): boolean {
  return specifier.startsWith('.');
}

export function isTest(file: string): boolean {
  return /\.(test|conformance|fixture)\.ts$/.test(file) || /\/(testdata|testing|test)\//.test(file);
}
