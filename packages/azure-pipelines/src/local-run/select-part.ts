// Only some stages, jobs or matrix legs of a pipeline, as people debug one job and not a whole
// release. What stays waits no longer for what was left out, whose results and outputs are empty.
import type { Job, Pipeline, Stage } from '../pipeline/pipeline.ts';
import { checkPart, hasName, namesJob, type RunSelection } from './check-part.ts';

export interface SelectedPart {
  readonly pipeline: Pipeline;
  /** What the things that stay no longer wait for, in words. */
  readonly notes: readonly string[];
}

/** @throws LocalRunError PART_NOT_FOUND */
export function selectPart(pipeline: Pipeline, selection: RunSelection): SelectedPart {
  checkPart(pipeline, selection);
  const notes: string[] = [];
  const stages = pipeline.stages
    .map((stage) => ({
      ...stage,
      jobs: stage.jobs.filter((job) => isWanted(stage, job, selection)),
    }))
    .filter(({ jobs }) => jobs.length > 0);
  const kept = new Set(stages.map(({ id }) => id));
  const part = stages.map((stage) => narrowed(stage, kept, selection, notes));
  return { pipeline: { ...pipeline, stages: part }, notes };
}

function isWanted(stage: Stage, job: Job, selection: RunSelection): boolean {
  const { stages = [], jobs = [], legs = [] } = selection;
  if (stages.length > 0 && !hasName(stages, stage.id)) return false;
  if (jobs.length > 0 && !jobs.some((name) => namesJob(name, stage, job))) return false;
  if (legs.length === 0 || job.strategy?.kind === 'runtime') return true;
  // A leg chooses its job too; the others stay only where they were named.
  if (job.strategy?.kind !== 'matrix') return jobs.length > 0;
  return job.strategy.legs.some(({ name }) => hasName(legs, name));
}

function narrowed(
  stage: Stage,
  keptStages: ReadonlySet<string>,
  { legs = [] }: RunSelection,
  notes: string[],
): Stage {
  const keptJobs = new Set(stage.jobs.map(({ id }) => id));
  const jobs = stage.jobs.map((job) => ({
    ...withLegs(job, legs),
    dependsOn: keep(job.dependsOn, keptJobs, `job '${job.id}'`, notes),
  }));
  const dependsOn = keep(stage.dependsOn, keptStages, `stage '${stage.id}'`, notes);
  return { ...stage, jobs, dependsOn };
}

function keep(
  names: readonly string[],
  kept: ReadonlySet<string>,
  who: string,
  notes: string[],
): readonly string[] {
  const leftOut = names.filter((name) => !kept.has(name)).map((name) => `'${name}'`);
  if (leftOut.length > 0)
    notes.push(
      `${who} does not wait for ${leftOut.join(', ')}, which this run leaves out: no results, no outputs`,
    );
  return names.filter((name) => kept.has(name));
}

function withLegs(job: Job, legs: readonly string[]): Job {
  const { strategy } = job;
  if (legs.length === 0 || strategy?.kind !== 'matrix') return job;
  return {
    ...job,
    strategy: { ...strategy, legs: strategy.legs.filter(({ name }) => hasName(legs, name)) },
  };
}
