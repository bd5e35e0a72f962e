// The files that say what Azure DevOps would know: secrets, variable groups, service connections,
// environments. None of what stands in them is kept with a run.
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { cannotRead, codeOf } from './disk-error.ts';
import { parseDotenv } from './dotenv.ts';
import { type LocalEnvironments, readEnvironments } from './environments-file.ts';
import { invalid, readText } from './read-settings.ts';
import { readServiceConnections, type ServiceConnections } from './service-connections-file.ts';
import { readVariableGroup, type VariableGroup } from './variable-group-file.ts';

/** As they were named, relative to where one stands. */
export interface SurroundingFiles {
  readonly secrets?: string | undefined;
  readonly variableGroups?: Readonly<Record<string, string>> | undefined;
  readonly connections?: string | undefined;
  readonly secureFiles?: string | undefined;
  readonly environments?: string | undefined;
}

export interface Surroundings {
  readonly secrets: ReadonlyMap<string, string>;
  readonly groups: ReadonlyMap<string, VariableGroup>;
  readonly connections: ServiceConnections;
  readonly secureFiles: string | null;
  readonly environments: LocalEnvironments;
}

/** @throws LocalRunError FILE_NOT_FOUND, FILE_NOT_READ, SETTINGS_INVALID */
export async function readSurroundings(files: SurroundingFiles): Promise<Surroundings> {
  const { secrets, variableGroups = {}, connections, secureFiles, environments } = files;
  const groups = Object.entries(variableGroups).map(
    async ([name, file]) => [name, await readVariableGroup(file)] as const,
  );
  return {
    secrets: secrets === undefined ? new Map() : parseDotenv(await readText(secrets), secrets),
    groups: new Map(await Promise.all(groups)),
    connections: connections === undefined ? new Map() : await readServiceConnections(connections),
    secureFiles: secureFiles === undefined ? null : await readableFolder(secureFiles),
    environments: environments === undefined ? new Map() : await readEnvironments(environments),
  };
}

async function readableFolder(folder: string): Promise<string> {
  await readdir(folder).catch((error: unknown) => {
    if (codeOf(error) === 'ENOTDIR')
      throw invalid(folder, 'is no folder; name the one with the files');
    throw cannotRead(folder, error);
  });
  return path.resolve(folder);
}
