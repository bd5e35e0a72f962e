// The rules of the house, checked on every import of every package.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { findCycle } from './find-cycle.ts';
import { floors, learnNodeFolders, mayImport, typesOnly } from './house.ts';
import {
  type Import,
  importsOf,
  isRelative,
  isTest,
  root,
  sourceFiles,
  splitSpecifier,
} from './imports.ts';

interface Manifest {
  readonly name: string;
  readonly exports?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

const scope = '@ridgeline/';
const packages = readdirSync(path.join(root, 'packages'));
const importsByPackage = new Map(
  packages.map((name) => [name, sourceFiles(`packages/${name}/src/**/*.ts`).flatMap(importsOf)]),
);

describe.each(packages)('packages/%s', (name) => {
  const imports = importsByPackage.get(name) ?? [];
  const productImports = imports.filter(({ file }) => !isTest(file));

  test('stands on a floor, and says in its README what it may import', () => {
    expect(floors.has(name)).toBe(true);
    expect(readFileSync(path.join(root, 'packages', name, 'README.md'), 'utf8')).toMatch(/import/i);
    expect(existsSync(path.join(root, 'packages', name, 'src/index.ts'))).toBe(true);
  });

  test('imports only packages on floors below its own', () => {
    expect(ours(productImports).filter(({ specifier }) => !isAllowed(specifier, name))).toEqual([]);
  });

  test('reaches into no other package’s files', () => {
    expect(imports.filter((each) => reachesInto(each, name))).toEqual([]);
  });

  test('imports only what its package.json declares', () => {
    const declared = Object.keys(manifest(`packages/${name}`).dependencies ?? {});
    const foreign = productImports.filter(
      ({ specifier }) => !isRelative(specifier) && !isBuiltin(specifier),
    );
    const undeclared = foreign.filter(
      ({ specifier }) => !declared.includes(splitSpecifier(specifier).name),
    );
    expect(undeclared).toEqual([]);
  });

  test('declares nothing that it does not import', () => {
    const imported = new Set(imports.map(({ specifier }) => splitSpecifier(specifier).name));
    const declared = Object.keys(manifest(`packages/${name}`).dependencies ?? {});
    const unused = declared.filter((dependency) => !imported.has(dependency));
    expect(unused.filter((dependency) => !allowedUnused.has(`${name} ${dependency}`))).toEqual([]);
  });

  test('has no cycle among its files', () => {
    const edges = productImports
      .filter(({ specifier, typeOnly }) => isRelative(specifier) && !typeOnly)
      .map(({ file, specifier }) => [file, path.join(path.dirname(file), specifier)] as const);
    expect(findCycle(edges)).toBeNull();
  });
});

test.each([
  ['scoring', 'learn', true],
  ['learn', 'scoring', false],
  ['jobs', 'endpoints', false],
  ['tabular', 'tabular', false],
  ['cli', 'nowhere', false],
])('%s may import %s: %s', (importer, imported, allowed) => {
  expect(mayImport(importer, imported)).toBe(allowed);
});

// Packages that are needed though no import names them, each with its reason.
const allowedUnused: ReadonlySet<string> = new Set([
  // A peer that the type provider of the HTTP framework asks for.
  'server ajv-formats',
]);

test.each([...typesOnly])('%s imports nothing of ours but types', (name) => {
  const values = ours(importsByPackage.get(name) ?? []).filter(
    ({ file, typeOnly }) => !typeOnly && !isTest(file),
  );
  expect(values).toEqual([]);
});

test('learn uses Node’s modules only where it says so', () => {
  const uses = (importsByPackage.get('learn') ?? []).filter(
    ({ file, specifier }) =>
      isBuiltin(specifier) &&
      !isTest(file) &&
      !learnNodeFolders.some((folder) => file.startsWith(`packages/learn/${folder}`)),
  );
  expect(uses).toEqual([]);
});

test.each(readdirSync(path.join(root, 'templates')))(
  'templates/%s imports only what it declares',
  (name) => {
    const { dependencies, devDependencies } = manifest(`templates/${name}`);
    const declared = Object.keys({ ...dependencies, ...devDependencies });
    const undeclared = sourceFiles(`templates/${name}/**/*.ts`)
      .flatMap(importsOf)
      .filter(({ specifier }) => !isRelative(specifier) && !isBuiltin(specifier))
      .filter(({ specifier }) => !declared.includes(splitSpecifier(specifier).name));
    expect(undeclared).toEqual([]);
  },
);

test('a dependency has one version in all packages', () => {
  const versions = new Map<string, Set<string>>();
  for (const folder of ['.', ...packages.map((name) => `packages/${name}`)]) {
    const { dependencies, devDependencies } = manifest(folder);
    for (const [dependency, version] of Object.entries({ ...dependencies, ...devDependencies })) {
      versions.set(dependency, (versions.get(dependency) ?? new Set()).add(version));
    }
  }
  expect([...versions].filter(([, found]) => found.size > 1)).toEqual([]);
});

function ours(imports: readonly Import[]): readonly Import[] {
  return imports.filter(({ specifier }) => specifier.startsWith(scope));
}

function isAllowed(specifier: string, importer: string): boolean {
  return mayImport(importer, splitSpecifier(specifier).name.slice(scope.length));
}

function reachesInto({ file, specifier }: Import, importer: string): boolean {
  if (isRelative(specifier)) {
    const target = path.join(path.dirname(file), specifier);
    return !target.startsWith(path.join('packages', importer) + path.sep);
  }
  if (!specifier.startsWith(scope)) return false;
  const { name, entry } = splitSpecifier(specifier);
  const offered = manifest(`packages/${name.slice(scope.length)}`).exports ?? {};
  return !(entry in offered);
}

function manifest(folder: string): Manifest {
  return JSON.parse(readFileSync(path.join(root, folder, 'package.json'), 'utf8'));
}
