// UseDotNet and DotNetCoreCLI, by the dotnet program.

import { dirname, join } from 'node:path';
import { findFiles } from '../glob/find-files.ts';
import { requireProgram, runChecked } from '../program.ts';
import { splitArguments } from '../split-arguments.ts';
import type { AgentTask, TaskContext } from '../task.ts';
import { taskContext } from '../task-context.ts';
import { input } from '../task-input.ts';
import { succeeded, TaskFailure, type TaskOutcome } from '../task-outcome.ts';
import { publishTestResults } from '../test-results/publish-test-results.ts';
import { bestVersion } from './version-spec.ts';

const next = 'Install the .NET SDK (https://dotnet.microsoft.com/download), or mock this task.';

export const useDotNet: AgentTask = {
  name: 'UseDotNet',
  ids: ['b0ce7256-7898-45d3-9cb5-176b752bfea6'],
  versions: [2],
  runsOn: 'agent',
  openInputs: true,
  inputs: [
    input.pick('packageType', ['runtime', 'sdk'], { default: 'sdk' }),
    input.flag('useGlobalJson', false),
    input.text('version'),
    input.path('workingDirectory'),
    input.flag('includePreviewVersions', false),
    input.path('installationPath'),
    input.flag('performMultiLevelLookup', false),
  ],
  async run(context) {
    const program = requireProgram(context, 'dotnet', next);
    const list =
      context.input('packageType')?.toLowerCase() === 'runtime' ? '--list-runtimes' : '--list-sdks';
    const result = await runChecked(context, program, [list], { capture: true, silent: true });
    const versions = result.stdout.match(/\d+\.\d+\.\d+[\w.-]*/g) ?? [];
    // `global.json` is read by dotnet itself.
    const wanted = context.boolInput('useGlobalJson') ? '*' : (context.input('version') ?? '*');
    const best = bestVersion(versions, wanted);
    if (best === undefined) {
      throw new TaskFailure(
        `No installed .NET fits '${wanted}'. Installed: ${versions.join(', ')}. ${next}`,
      );
    }
    context.log(`Found .NET ${best} in ${dirname(program)}`);
    return succeeded;
  },
};

const commands = ['build', 'push', 'pack', 'publish', 'restore', 'run', 'test', 'custom'] as const;

export const dotNetCoreCli: AgentTask = {
  name: 'DotNetCoreCLI',
  ids: ['5541a522-603c-47ad-91fc-a4b1d163081b'],
  versions: [2],
  runsOn: 'agent',
  openInputs: true,
  inputs: [
    input.pick('command', commands, { default: 'build' }),
    input.text('custom', { required: true, visibleWhen: 'command = custom' }),
    input.lines('projects'),
    input.text('arguments'),
    input.flag('publishTestResults', true),
    input.flag('publishWebProjects', true),
    input.flag('zipAfterPublish', true),
    input.text('testRunTitle'),
    input.path('workingDirectory'),
  ],
  async run(context) {
    const program = requireProgram(context, 'dotnet', next);
    const command = context.input('command')?.toLowerCase() ?? 'build';
    const results = join(context.folders.temp, 'dotnet-test-results');
    const reports = command === 'test' && context.boolInput('publishTestResults');
    try {
      for (const project of await projectsOf(context)) {
        await runChecked(
          context,
          program,
          argumentsOf(context, command, project, reports ? results : undefined),
          {
            cwd: context.pathInput('workingDirectory') ?? context.folders.workingDirectory,
          },
        );
      }
    } finally {
      if (reports) await publishReports(context, results);
    }
    return succeeded;
  },
};

function argumentsOf(
  context: TaskContext,
  command: string,
  project: string | undefined,
  results: string | undefined,
): readonly string[] {
  const words = command === 'custom' ? splitArguments(context.requiredInput('custom')) : [command];
  const target =
    project === undefined ? [] : command === 'run' ? ['--project', project] : [project];
  const logger = results === undefined ? [] : ['--logger', 'trx', '--results-directory', results];
  return [...words, ...target, ...logger, ...splitArguments(context.input('arguments') ?? '')];
}

/** Without the input the command runs once, on what it finds itself. */
async function projectsOf(context: TaskContext): Promise<readonly (string | undefined)[]> {
  const patterns = context.linesInput('projects');
  if (patterns.length === 0) return [undefined];
  const files = await findFiles(context.folders.workingDirectory, patterns);
  if (files.length > 0) return files;
  throw new TaskFailure(`'projects' is '${patterns.join(', ')}', which fits no file`);
}

async function publishReports(context: TaskContext, folder: string): Promise<TaskOutcome> {
  const given = new Map([
    ['testResultsFormat', 'VSTest'],
    ['testResultsFiles', '**/*.trx'],
    ['searchFolder', folder],
    ['testRunTitle', context.input('testRunTitle') ?? ''],
  ]);
  return publishTestResults.run(taskContext(publishTestResults, given, context));
}
