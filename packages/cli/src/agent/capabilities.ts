// What jobs can demand of this machine: its system, the programs on its PATH, and what its owner says.
import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

/** Those that pipelines ask for, by the names that they are asked for by. */
const programs = [
  'az',
  'bash',
  'cargo',
  'cmake',
  'curl',
  'docker',
  'dotnet',
  'gcc',
  'git',
  'go',
  'gradle',
  'helm',
  'java',
  'jq',
  'kubectl',
  'make',
  'mvn',
  'node',
  'npm',
  'nvidia-smi',
  'podman',
  'pwsh',
  'python',
  'python3',
  'Rscript',
  'ruby',
  'terraform',
] as const;

const systems: Readonly<Record<string, string>> = {
  linux: 'Linux',
  darwin: 'Darwin',
  win32: 'Windows_NT',
};

export async function findCapabilities(
  version: string,
  own: Readonly<Record<string, string>>,
): Promise<Readonly<Record<string, string>>> {
  const found = await Promise.all(programs.map(async (each) => [each, await which(each)] as const));
  const there = found.flatMap(([program, file]) => (file === undefined ? [] : [[program, file]]));
  return {
    ...Object.fromEntries(there),
    'Agent.Version': version,
    'Agent.ComputerName': os.hostname(),
    'Agent.OS': systems[process.platform] ?? process.platform,
    'Agent.OSArchitecture': process.arch.toUpperCase(),
    ...own,
  };
}

async function which(program: string): Promise<string | undefined> {
  for (const folder of (process.env.PATH ?? '').split(path.delimiter)) {
    const file = path.join(folder, program);
    const isThere = await access(file, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (folder !== '' && isThere) return file;
  }
  return undefined;
}
