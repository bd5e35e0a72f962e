// Whether the end of another pipeline's run, or of stages of it, starts a run of this one.
import type { CompletionTrigger } from '../pipeline/resources.ts';
import { passesBranches } from './branch-filter.ts';
import { type Decision, runs, runsNot } from './decision.ts';
import { branchRef, shortName } from './source-branch.ts';

export type SourceResult = 'succeeded' | 'succeededWithIssues' | 'failed' | 'canceled' | 'skipped';

export interface SourceRun {
  readonly branch: string;
  /** As they are now that it has ended. */
  readonly tags: readonly string[];
  /** Undefined while it goes on. */
  readonly result?: SourceResult;
  /** Of the stages that have ended, by id. */
  readonly stages: ReadonlyMap<string, SourceResult>;
}

export function isTriggeredByCompletion(
  trigger: CompletionTrigger | undefined,
  run: SourceRun,
): boolean {
  return decideOnCompletion(trigger, run).runs;
}

/** A resource without `trigger` starts nothing. */
export function decideOnCompletion(
  trigger: CompletionTrigger | undefined,
  run: SourceRun,
): Decision {
  if (trigger === undefined) return runsNot('the resource has no trigger');
  const { branches, tags, stages } = trigger;
  if (branches !== undefined && !passesBranches(branches, run.branch)) {
    return runsNot(`branch "${shortName(run.branch)}" does not pass the branch filters`);
  }
  const missing = tags.find((tag) => !hasWord(run.tags, tag));
  if (missing !== undefined) return runsNot(`the run does not carry the tag "${missing}"`);
  return stages.length === 0 ? decideOnResult(run.result) : decideOnStages(stages, run.stages);
}

/**
 * A run that failed or was canceled starts nothing: what follows would take artifacts that it
 * never made.
 */
function decideOnResult(result: SourceResult | undefined): Decision {
  if (result === undefined) return runsNot('the run has not ended');
  return isGood(result) ? runs('the run has succeeded') : runsNot(`the run has ${result}`);
}

function decideOnStages(
  wanted: readonly string[],
  results: ReadonlyMap<string, SourceResult>,
): Decision {
  const ended = new Map(Array.from(results, ([id, result]) => [id.toLowerCase(), result]));
  const open = wanted.find((id) => !isGood(ended.get(id.toLowerCase())));
  if (open !== undefined) return runsNot(`stage "${open}" of the run has not succeeded`);
  return runs(`the stages ${wanted.join(', ')} of the run have succeeded`);
}

function isGood(result: SourceResult | undefined): boolean {
  return result === 'succeeded' || result === 'succeededWithIssues';
}

function hasWord(words: readonly string[], wanted: string): boolean {
  return words.some((word) => word.toLowerCase() === wanted.toLowerCase());
}

/**
 * What a run started so checks out: the very commit where both pipelines live in one repository,
 * else the newest of its own default branch.
 */
export function refOfTriggeredRun(
  source: { readonly repository: string; readonly branch: string; readonly commit: string },
  own: { readonly repository: string; readonly defaultBranch: string },
): { readonly ref: string; readonly commit?: string } {
  if (source.repository !== own.repository) return { ref: branchRef(own.defaultBranch) };
  return { ref: branchRef(source.branch), commit: source.commit };
}
