// The options that say what a delivery pipeline is, and what they come to.
import path from 'node:path';
import type { NewDefinitionVariable, NewRepositoryPlace } from '@ridgeline/client';
import type { Command } from 'commander';
import { type CommonOptions, withConnection } from '../connection/common-options.ts';
import { readSecret } from '../sign-in/read-secret.ts';
import { collectName, collectPair, parseInteger } from './option-values.ts';

export interface DefinitionOptions extends CommonOptions {
  readonly repository?: string;
  readonly branch?: string;
  readonly yamlPath?: string;
  readonly variable: Readonly<Record<string, string>>;
  readonly secretVariable?: string;
  readonly settable: readonly string[];
  readonly otherRepository: Readonly<Record<string, string>>;
  readonly keepBuilds?: number;
  readonly buildForks?: boolean;
}

export function withDefinition(command: Command): Command {
  return withConnection(command)
    .option('--repository <place>', "a folder on the server's machine, or a git address")
    .option('--branch <branch>', 'its default branch')
    .option('--yaml-path <path>', 'the file, from the root of the repository')
    .option('--variable <name=value>', 'a variable of its builds', collectPair, {})
    .option('--secret-variable <name>', 'a secret one, whose value standard input holds')
    .option('--settable <name>', 'let builds give this variable another value', collectName, [])
    .option(
      '--other-repository <alias=place>',
      'where a repository of `resources` lies; PLACE#BRANCH names its branch',
      collectPair,
      {},
    )
    .option('--keep-builds <count>', 'how many completed builds are kept', parseInteger)
    .option('--build-forks', 'let pull requests from forks start builds, without secrets')
    .option('--no-build-forks', 'let them start none (the default)');
}

export async function settingsFrom(options: DefinitionOptions) {
  const variables = await variablesFrom(options);
  const others = Object.entries(options.otherRepository);
  const places = others.map(([alias, place]) => {
    const [location = '', branch] = place.split('#');
    return [alias, placeOf(location, branch)] as const;
  });
  return {
    ...(options.yamlPath !== undefined && { yamlPath: options.yamlPath }),
    ...(options.keepBuilds !== undefined && { keepBuilds: options.keepBuilds }),
    ...(options.buildForks !== undefined && { buildForks: options.buildForks }),
    ...(variables.length > 0 && { variables }),
    ...(places.length > 0 && { repositories: Object.fromEntries(places) }),
  };
}

async function variablesFrom(
  options: DefinitionOptions,
): Promise<readonly NewDefinitionVariable[]> {
  const settable = new Set(options.settable.map((name) => name.toLowerCase()));
  const mayBeSet = (name: string) => settable.has(name.toLowerCase());
  const plain = Object.entries(options.variable).map(([name, value]) => ({
    name,
    value,
    allowOverride: mayBeSet(name),
  }));
  const { secretVariable: name } = options;
  if (name === undefined) return plain;
  const value = await readSecret('-');
  return [...plain, { name, value, isSecret: true, allowOverride: mayBeSet(name) }];
}

/** A folder that is there is sent as the server finds it, too: whole. */
export function placeOf(place: string, branch: string | undefined): NewRepositoryPlace {
  const isAddress = /^[a-z+]+:\/\//i.test(place) || /^[\w.-]+@[\w.-]+:/.test(place);
  const location = isAddress ? place : path.resolve(place);
  return { location, ...(branch !== undefined && { branch }) };
}
