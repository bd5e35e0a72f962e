// The run of another pipeline that a step or a resource means: the newest good one of that name in
// the same store, or the run of that number.
import { isSuccess } from '../orchestrate/result.ts';
import type { PipelineResource } from '../pipeline/resources.ts';
import type { RunSelector } from '../task/task-host.ts';
import { branchRef } from '../trigger/source-branch.ts';
import type { RunRecord } from './run-record.ts';
import type { RunStore } from './run-store.ts';

interface Wanted {
  readonly name: string;
  readonly branch?: string | undefined;
  readonly tags: readonly string[];
  readonly takesFailed: boolean;
}

/** `without`: the number of the run that asks. */
export async function findRun(
  selector: RunSelector,
  resources: readonly PipelineResource[],
  store: RunStore,
  without?: number,
): Promise<RunRecord | undefined> {
  if (selector.kind === 'pipeline' && selector.version === 'specific')
    return store.read(Number(selector.runId)).catch(() => undefined);
  const wanted = wantedBy(selector, resources);
  for (const number of (await store.numbers()).toReversed()) {
    if (number === without) continue;
    // A run that cannot be read is no reason to find none of the others.
    const run = await store.read(number).catch(() => undefined);
    if (run !== undefined && isMeant(run, wanted)) return run;
  }
  return undefined;
}

export function wantedBy(selector: RunSelector, resources: readonly PipelineResource[]): Wanted {
  if (selector.kind === 'pipeline') {
    const { version, tags = [], allowFailed = false, pipeline: name } = selector;
    const branch = version === 'latestFromBranch' ? selector.branch : undefined;
    return { name, branch, tags, takesFailed: allowFailed };
  }
  const resource = resources.find(({ alias }) => alias === selector.alias);
  const branch = resource?.branch?.text;
  return {
    name: resource?.source.text ?? selector.alias,
    branch: branch === undefined ? undefined : branchRef(branch),
    tags: resource?.tags.map(({ text }) => text) ?? [],
    takesFailed: false,
  };
}

function isMeant(run: RunRecord, { name, branch, tags, takesFailed }: Wanted): boolean {
  if (run.request.definitionName.toLowerCase() !== name.toLowerCase()) return false;
  const isGood = run.result !== null && (isSuccess(run.result) || takesFailed);
  if (!isGood || (branch !== undefined && run.request.branch !== branch)) return false;
  return tags.every((tag) => run.tags.includes(tag));
}
