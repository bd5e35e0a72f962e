// Environments from a file: name → the checks that stand on it and its machines, with the keys that
// a workspace's delivery environments have.
import { completeChecks } from '../check/check-specs.ts';
import type { CheckSpec, EnvironmentCheck } from '../check/environment-check.ts';
import type { Mistakes } from '../check/spec-mistakes.ts';
import { didYouMean, listNames, shorten } from '../diagnostic/did-you-mean.ts';
import type { EnvironmentResource } from '../orchestrate/run-facts.ts';
import { LocalRunError } from './local-run-error.ts';
import type { Plain, PlainMapping } from './node-to-plain.ts';
import { isMapping, readSettings } from './read-settings.ts';

export interface LocalEnvironment {
  readonly name: string;
  readonly checks: readonly EnvironmentCheck[];
  readonly resources: readonly EnvironmentResource[];
}

/** By name in lower case. */
export type LocalEnvironments = ReadonlyMap<string, LocalEnvironment>;

const keys = ['description', 'checks', 'resources'];
const resourceKeys = ['name', 'type', 'tags'];
const resourceTypes = ['VirtualMachine', 'Kubernetes'] as const;

/** @throws LocalRunError FILE_NOT_FOUND, FILE_NOT_READ, SETTINGS_INVALID with all that is wrong */
export async function readEnvironments(file: string): Promise<LocalEnvironments> {
  const found: string[] = [];
  const environments = Object.entries(await readSettings(file)).map(([name, value]) => {
    const mistakes = {
      add: (text: string) => found.push(`${file}: environment '${name}': ${text}`),
    };
    return [name.toLowerCase(), readEnvironment(name, value ?? {}, mistakes)] as const;
  });
  if (found.length > 0) throw new LocalRunError('SETTINGS_INVALID', found.join('\n'));
  return new Map(environments);
}

function readEnvironment(name: string, value: Plain, mistakes: Mistakes): LocalEnvironment {
  if (!isMapping(value)) {
    mistakes.add(`expected its ${listNames(keys)}`);
    return { name, checks: [], resources: [] };
  }
  refuseOthers(value, keys, mistakes);
  const specs = itemsOf(value, 'checks', mistakes).map((item) => readCheck(item, mistakes));
  const resources = itemsOf(value, 'resources', mistakes).map((item) =>
    readResource(item, mistakes),
  );
  const names = new Set(resources.map((resource) => resource.name.toLowerCase()));
  if (names.size < resources.length) mistakes.add('two of its resources have the same name');
  return { name, checks: completeChecks(mistakes, specs), resources };
}

/** What is no mapping is told, and read as an empty one. */
function itemsOf(mapping: PlainMapping, key: string, mistakes: Mistakes): readonly PlainMapping[] {
  const value = mapping[key] ?? [];
  const items = Array.isArray(value) ? (value as readonly Plain[]) : [value];
  const whole = items.filter(isMapping);
  if (whole.length < items.length) mistakes.add(`'${key}' is no list of names with values`);
  return whole;
}

function readResource(item: PlainMapping, mistakes: Mistakes): EnvironmentResource {
  refuseOthers(item, resourceKeys, mistakes);
  const name = textOf(item.name);
  if (name === undefined || name.trim() === '') mistakes.add('a resource has no name');
  const type = resourceTypes.find((known) => known === (item.type ?? 'VirtualMachine'));
  if (type === undefined) mistakes.add(`a resource's type is ${listNames(resourceTypes)}`);
  const tags = textsOf(item.tags ?? []);
  if (tags === undefined) mistakes.add("'tags' of a resource is no list of texts");
  return { name: name ?? '', type: type ?? 'VirtualMachine', tags: tags ?? [] };
}

function refuseOthers(mapping: PlainMapping, known: readonly string[], mistakes: Mistakes): void {
  for (const key of Object.keys(mapping)) {
    if (known.includes(key)) continue;
    const meant = didYouMean(key, known);
    mistakes.add(`does not know '${shorten(key)}'; it takes ${listNames(known)}.${meant}`);
  }
}

/** The fields of a check by what they are made of: YAML gives texts. */
const readers: Readonly<Record<keyof CheckSpec, (value: Plain) => unknown>> = {
  type: textOf,
  approvers: textsOf,
  inSequence: booleanOf,
  requiredTemplates: textsOf,
  connection: textOf,
  method: textOf,
  urlSuffix: textOf,
  headers: textOf,
  body: textOf,
  successCriteria: textOf,
  retryMinutes: numberOf,
  minimumApprovers: numberOf,
  allowSelfApproval: booleanOf,
  instructions: textOf,
  allowedBranches: textsOf,
  timeZone: textOf,
  days: textsOf,
  start: textOf,
  end: textOf,
  timeoutMinutes: numberOf,
};

/** A field that no check has stays: which fields a type has, the specs say. */
function readCheck(item: PlainMapping, mistakes: Mistakes): CheckSpec {
  const fields = Object.entries(item).flatMap(([name, value]) => {
    if (!Object.hasOwn(readers, name)) return [[name, value] as const];
    const read = readers[name as keyof CheckSpec](value);
    if (read === undefined) mistakes.add(`'${name}' of a check has a value that does not fit`);
    return read === undefined ? [] : [[name, read] as const];
  });
  return { type: '', ...Object.fromEntries(fields) } as unknown as CheckSpec;
}

function textOf(value: Plain | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function textsOf(value: Plain): readonly string[] | undefined {
  const items = Array.isArray(value) ? (value as readonly Plain[]) : [value];
  const texts = items.filter((item) => typeof item === 'string');
  return texts.length === items.length ? texts : undefined;
}

function numberOf(value: Plain): number | undefined {
  return typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : undefined;
}

function booleanOf(value: Plain): boolean | undefined {
  const text = String(value).toLowerCase();
  return ['true', 'false'].includes(text) ? text === 'true' : undefined;
}
