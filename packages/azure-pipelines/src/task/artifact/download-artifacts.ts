// Downloading artifacts of this run or another. The two tasks differ in where files land: with a
// name, the newer one puts them right into its path, the older one into a folder of that name.

import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { didYouMean } from '../../diagnostic/did-you-mean.ts';
import type { AgentTask, TaskContext } from '../task.ts';
import type { RunSelector } from '../task-host.ts';
import { input, type TaskInput } from '../task-input.ts';
import { succeeded, TaskFailure } from '../task-outcome.ts';
import { describeRun, runSelector } from './run-selector.ts';

const whenSpecific = { visibleWhen: 'buildType = specific' };

/** Inputs by which both find a run. `buildType` may be the alias of a pipeline resource too. */
const runInputs: readonly TaskInput[] = [
  input.text('buildType', { aliases: ['source'], default: 'current' }),
  input.text('project', whenSpecific),
  input.text('pipeline', { aliases: ['definition'], required: true, ...whenSpecific }),
  input.flag('specificBuildWithTriggering', false, {
    aliases: ['preferTriggeringPipeline'],
    ...whenSpecific,
  }),
  input.pick('buildVersionToDownload', ['latest', 'latestFromBranch', 'specific'], {
    aliases: ['runVersion'],
    default: 'latest',
    ...whenSpecific,
  }),
  input.text('branchName', { aliases: ['runBranch'] }),
  input.text('pipelineId', { aliases: ['runId', 'buildId'] }),
  input.text('tags', whenSpecific),
  input.flag('allowPartiallySucceededBuilds', false, whenSpecific),
  input.flag('allowFailedBuilds', false, whenSpecific),
];

export const downloadPipelineArtifact: AgentTask = {
  name: 'DownloadPipelineArtifact',
  ids: ['61f2a582-95ae-4948-b34d-a1b3c4f6a737'],
  versions: [0, 1, 2],
  runsOn: 'agent',
  inputs: [
    ...runInputs,
    input.text('artifactName', { aliases: ['artifact'] }),
    input.lines('itemPattern', { aliases: ['patterns'], default: '**' }),
    input.path('targetPath', {
      aliases: ['path', 'downloadPath'],
      default: '$(Pipeline.Workspace)',
    }),
  ],
  async run(context) {
    const run = runSelector(context);
    const into = context.pathInput('targetPath') ?? context.folders.workspace;
    const name = context.input('artifactName');
    const patterns = patternsOf(context);
    if (name === undefined) await downloadAll(context, into, patterns, run);
    else await download(context, name, into, patterns, run);
    return succeeded;
  },
};

export const downloadBuildArtifacts: AgentTask = {
  name: 'DownloadBuildArtifacts',
  ids: ['a433f589-fce1-4460-9ee6-44a624aeb1fb'],
  versions: [0, 1],
  runsOn: 'agent',
  inputs: [
    ...runInputs,
    input.pick('downloadType', ['single', 'specific'], { default: 'single' }),
    input.text('artifactName', { required: true, visibleWhen: 'downloadType = single' }),
    input.lines('itemPattern', { default: '**' }),
    input.path('downloadPath', { default: '$(System.ArtifactsDirectory)' }),
    input.flag('cleanDestinationFolder', false),
    input.flag('checkDownloadedFiles', false),
    input.flag('extractTars', false),
    input.integer('parallelizationLimit'),
    input.integer('retryDownloadCount'),
  ],
  async run(context) {
    const run = runSelector(context);
    const into = context.pathInput('downloadPath') ?? context.folders.staging;
    if (context.boolInput('cleanDestinationFolder'))
      await rm(into, { recursive: true, force: true });
    if (context.input('downloadType')?.toLowerCase() === 'specific') {
      await downloadAll(context, into, patternsOf(context), run);
    } else {
      const name = context.requiredInput('artifactName');
      await download(context, name, join(into, name), ['**'], run);
    }
    return succeeded;
  },
};

/** An input that was given empty chooses as much as one that was not given. */
function patternsOf(context: TaskContext): readonly string[] {
  const patterns = context.linesInput('itemPattern');
  return patterns.length === 0 ? ['**'] : patterns;
}

async function download(
  context: TaskContext,
  name: string,
  into: string,
  patterns: readonly string[],
  run: RunSelector | undefined,
): Promise<void> {
  const known = await context.host.artifacts.list(run);
  if (!known.includes(name)) throw new TaskFailure(notFound(name, known, run));
  await mkdir(into, { recursive: true });
  const { files } = await context.host.artifacts.download(name, into, patterns, run);
  context.log(`Downloaded ${files} file(s) of artifact ${name} to ${into}`);
}

/** Patterns then begin with the artifact's name; `**` means all of all. */
async function downloadAll(
  context: TaskContext,
  into: string,
  patterns: readonly string[],
  run: RunSelector | undefined,
): Promise<void> {
  const names = await context.host.artifacts.list(run);
  if (names.length === 0) context.log(`No artifacts are associated with ${describeRun(run)}.`);
  for (const name of names) {
    const own = patterns.flatMap((line) => patternsInside(line, name));
    if (own.some((line) => !line.startsWith('!')))
      await download(context, name, join(into, name), own, run);
  }
}

/** `drop/**` seen from inside `drop` is `**`; of another artifact nothing is left. */
export function patternsInside(line: string, artifact: string): string[] {
  const [, marks = '', glob = ''] = /^(!*)(.*)$/.exec(line.trim()) ?? [];
  if (glob.startsWith('**')) return [line];
  const [first = '', ...rest] = glob.split('/');
  if (first !== artifact && first !== '*') return [];
  return [marks + (rest.length === 0 ? '**' : rest.join('/'))];
}

function notFound(name: string, known: readonly string[], run: RunSelector | undefined): string {
  const there = known.length === 0 ? 'It has none.' : `It has: ${known.join(', ')}.`;
  return `Artifact '${name}' was not found in ${describeRun(run)}. ${there}${didYouMean(name, known)}`;
}
