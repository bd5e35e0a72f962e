// Which run an artifact is taken from, as the inputs of the download tasks say it.

import type { TaskContext } from '../task.ts';
import type { RunSelector } from '../task-host.ts';
import { TaskFailure } from '../task-outcome.ts';

/** Undefined: this run. */
export function runSelector(context: TaskContext): RunSelector | undefined {
  const source = context.input('buildType') ?? 'current';
  if (source.toLowerCase() === 'current') return undefined;
  // What `download: alias` comes to.
  if (source.toLowerCase() !== 'specific') return { kind: 'resource', alias: source };
  return {
    kind: 'pipeline',
    pipeline: context.requiredInput('pipeline'),
    version: versionOf(context),
    allowPartiallySucceeded: context.boolInput('allowPartiallySucceededBuilds'),
    allowFailed: context.boolInput('allowFailedBuilds'),
    preferTriggering: context.boolInput('specificBuildWithTriggering'),
    ...given('project', context.input('project')),
    ...given('branch', context.input('branchName')),
    ...given('runId', context.input('pipelineId')),
    ...tagsOf(context.input('tags')),
  };
}

function versionOf(context: TaskContext) {
  const version = context.input('buildVersionToDownload')?.toLowerCase() ?? 'latest';
  if (version === 'latest') return 'latest';
  if (version === 'latestfrombranch') return 'latestFromBranch';
  if (version !== 'specific') {
    throw new TaskFailure(
      `'${version}' is no version to download; expected latest, latestFromBranch or specific`,
    );
  }
  context.requiredInput('pipelineId');
  return 'specific';
}

function given<K extends string>(name: K, value: string | undefined) {
  return (value === undefined ? {} : { [name]: value }) as { readonly [P in K]?: string };
}

function tagsOf(text: string | undefined) {
  const tags = (text ?? '').split(',').map((tag) => tag.trim());
  const named = tags.filter((tag) => tag !== '');
  return named.length === 0 ? {} : { tags: named };
}

export function describeRun(run: RunSelector | undefined): string {
  if (run === undefined) return 'this run';
  if (run.kind === 'resource') return `the pipeline resource '${run.alias}'`;
  return run.runId === undefined ? `'${run.pipeline}'` : `run ${run.runId} of '${run.pipeline}'`;
}
