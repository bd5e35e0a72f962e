// What a delivery pipeline may be: names, places and numbers within their limits.
import path from 'node:path';
import { DeliveryError } from '../../errors.ts';
import type { NewDefinitionVariable, NewDeliveryPipeline } from '../delivery-pipeline.ts';

export const defaultYamlPath = 'azure-pipelines.yml';
export const defaultKeepBuilds = 200;
const maxName = 255;
const maxVariables = 500;
const maxValue = 32_768;
const maxKeep = 10_000;

/** @throws DeliveryError DELIVERY_PIPELINE_INVALID, with all that is wrong */
export function checkDefinition(definition: NewDeliveryPipeline): void {
  const problems = [
    ...nameProblems(definition.name),
    ...placeProblems('repository', definition.repository),
    ...pathProblems(definition.yamlPath),
    ...repositoryProblems(definition.repositories),
    ...variableProblems(definition.variables ?? []),
    ...keepProblems(definition.keepBuilds),
  ];
  if (problems.length > 0)
    throw new DeliveryError('DELIVERY_PIPELINE_INVALID', problems.join('; '));
}

function nameProblems(name: string): readonly string[] {
  const isGood = name.trim() === name && name !== '' && name.length <= maxName;
  if (isGood && !/[\p{Cc}"/\\:<>'|?@*%]/u.test(name)) return [];
  return [
    `${JSON.stringify(name)} cannot be the name of a delivery pipeline: expected 1 to ${maxName} characters without " / \\ : < > ' | ? @ * %`,
  ];
}

function placeProblems(
  what: string,
  place: { readonly location: string; readonly branch?: string },
): readonly string[] {
  const problems: string[] = [];
  if (!isLocation(place.location))
    problems.push(
      `${what} ${JSON.stringify(place.location)} is no place of a git repository: expected an absolute folder, or an address that begins with https://, ssh://, file:// or name@host:`,
    );
  if (/^[a-z+]+:\/\/[^/@]*:[^/@]*@/i.test(place.location))
    return [`${what} has a password in its address; leave it to git's credential helper`];
  if (place.branch !== undefined && !isBranch(place.branch))
    problems.push(`${JSON.stringify(place.branch)} cannot be the name of a branch of ${what}`);
  return problems;
}

function isLocation(location: string): boolean {
  // Git would take control characters for something else.
  if (/\p{Cc}/u.test(location) || location.length > 2_000) return false;
  if (/^(?:https?|ssh|git|file):\/\/[^-]/i.test(location)) return true;
  return /^[\w.-]+@[\w.][\w.-]*:[^-]/.test(location) || path.isAbsolute(location);
}

export function isBranch(branch: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: git's own rule for refs.
  const isOdd = /^[-/.]|[/.]$|\.\.|\/\/|@\{|[\u0000- ~^:?*[\\\u007f]/.test(branch);
  return branch !== '' && branch.length <= 250 && !isOdd;
}

function pathProblems(yamlPath: string | undefined): readonly string[] {
  if (yamlPath === undefined) return [];
  const parts = yamlPath.split('/');
  if (/\.ya?ml$/i.test(yamlPath) && !parts.includes('..') && !yamlPath.includes('\\')) return [];
  return [
    `${JSON.stringify(yamlPath)} is no path of a YAML file from the root of the repository, such as ${defaultYamlPath}`,
  ];
}

function repositoryProblems(repositories: NewDeliveryPipeline['repositories']): readonly string[] {
  return Object.entries(repositories ?? {}).flatMap(([alias, place]) => [
    ...(/^\w[\w.-]*$/.test(alias) && alias !== 'self'
      ? []
      : [`${JSON.stringify(alias)} cannot be the alias of a repository`]),
    ...placeProblems(`repository '${alias}'`, place),
  ]);
}

function variableProblems(variables: readonly NewDefinitionVariable[]): readonly string[] {
  const problems: string[] = [];
  if (variables.length > maxVariables) problems.push(`at most ${maxVariables} variables are kept`);
  const seen = new Set<string>();
  for (const { name, value = '' } of variables) {
    if (!/^[^\s$()=][^$()=]*$/.test(name) || name.length > maxName)
      problems.push(`${JSON.stringify(name)} cannot be the name of a variable`);
    if (value.length > maxValue) problems.push(`the value of '${name}' is too long`);
    if (seen.has(name.toLowerCase())) problems.push(`variable '${name}' stands there twice`);
    seen.add(name.toLowerCase());
  }
  return problems;
}

function keepProblems(keep: number | undefined): readonly string[] {
  if (keep === undefined || (Number.isInteger(keep) && keep >= 1 && keep <= maxKeep)) return [];
  return [`keepBuilds is ${keep}: expected a whole number from 1 to ${maxKeep}`];
}
