// NuGet's tasks, by the nuget program where it is installed and else by dotnet.

import { findFiles } from '../glob/find-files.ts';
import { findProgram, requireProgram, runChecked } from '../program.ts';
import { splitArguments } from '../split-arguments.ts';
import type { AgentTask, TaskContext } from '../task.ts';
import { input } from '../task-input.ts';
import { succeeded, TaskFailure } from '../task-outcome.ts';

const next =
  'Install NuGet or the .NET SDK (https://dotnet.microsoft.com/download), or mock this task.';

export const nuGetToolInstaller: AgentTask = {
  name: 'NuGetToolInstaller',
  ids: ['2c65196a-54fd-4a02-9be8-d9d1837b7c5d'],
  versions: [0, 1],
  runsOn: 'agent',
  inputs: [input.text('versionSpec'), input.flag('checkLatest', false)],
  async run(context) {
    context.log(`NuGet steps use ${programOf(context)}`);
    return succeeded;
  },
};

export const nuGetCommand: AgentTask = {
  name: 'NuGetCommand',
  ids: ['333b11bd-d341-40d9-afcf-b32d5ce6f23b'],
  versions: [2],
  runsOn: 'agent',
  openInputs: true,
  inputs: [
    input.pick('command', ['restore', 'pack', 'push', 'custom'], { default: 'restore' }),
    input.lines('solution', { aliases: ['restoreSolution'], default: '**/*.sln' }),
    input.lines('packagesToPack', { aliases: ['searchPatternPack'], default: '**/*.csproj' }),
    input.lines('packagesToPush', {
      aliases: ['searchPatternPush'],
      default: '$(Build.ArtifactStagingDirectory)/**/*.nupkg;!**/*.symbols.nupkg',
    }),
    input.text('arguments'),
  ],
  async run(context) {
    const command = context.input('command')?.toLowerCase() ?? 'restore';
    const extra = splitArguments(context.input('arguments') ?? '');
    const program = programOf(context);
    if (command === 'custom') {
      await runChecked(context, program, extra);
      return succeeded;
    }
    for (const file of await filesOf(context, command)) {
      await runChecked(context, program, [...wordsOf(program, command), file, ...extra]);
    }
    return succeeded;
  },
};

function programOf(context: TaskContext): string {
  const own = context.inContainer === true ? undefined : findProgram('nuget', context.env);
  return own ?? requireProgram(context, 'dotnet', next);
}

/** dotnet has a package's own commands one word further. */
function wordsOf(program: string, command: string): readonly string[] {
  return command === 'push' && !/nuget(\.exe)?$/i.test(program) ? ['nuget', 'push'] : [command];
}

const filesInput: Readonly<Record<string, string>> = {
  restore: 'solution',
  pack: 'packagesToPack',
  push: 'packagesToPush',
};

async function filesOf(context: TaskContext, command: string): Promise<readonly string[]> {
  const name = filesInput[command];
  if (name === undefined)
    throw new TaskFailure(`'command' is '${command}'; expected restore, pack, push or custom`);
  const patterns = context.linesInput(name).flatMap((line) => line.split(';'));
  const files = await findFiles(context.folders.workingDirectory, patterns);
  if (files.length > 0) return files;
  throw new TaskFailure(`'${name}' is '${patterns.join('; ')}', which fits no file`);
}
