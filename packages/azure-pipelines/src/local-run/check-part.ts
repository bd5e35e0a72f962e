// Whether the stages, jobs and matrix legs that a person names for a run are in the pipeline: a
// word that fits nothing would run nothing, and say that it succeeded.
import { didYouMean } from '../diagnostic/did-you-mean.ts';
import { isSameName } from '../orchestrate/run-graph.ts';
import type { Job, Pipeline, Stage } from '../pipeline/pipeline.ts';
import { LocalRunError } from './local-run-error.ts';

/** Empty or left out: all. */
export interface RunSelection {
  /** Ids of stages. */
  readonly stages?: readonly string[];
  /** `job`, or `stage.job` where two stages have one of that name. */
  readonly jobs?: readonly string[];
  /** Names of matrix legs. */
  readonly legs?: readonly string[];
}

/** @throws LocalRunError PART_NOT_FOUND */
export function checkPart({ stages }: Pipeline, selection: RunSelection): void {
  const inStages = checkStages(stages, selection.stages ?? []);
  const jobs = checkJobs(inStages, selection.jobs ?? []);
  checkLegs(jobs, selection.legs ?? []);
}

function checkStages(stages: readonly Stage[], names: readonly string[]): readonly Stage[] {
  const known = stages.map(({ id }) => id);
  for (const name of names) if (!hasName(known, name)) throw notFound('stage', name, known);
  return names.length === 0 ? stages : stages.filter(({ id }) => hasName(names, id));
}

function checkJobs(stages: readonly Stage[], names: readonly string[]): readonly Job[] {
  const all = stages.flatMap((stage) => stage.jobs.map((job) => ({ stage, job })));
  const known = all.map(({ stage, job }) => (isUnnamed(stage) ? job.id : `${stage.id}.${job.id}`));
  for (const name of names)
    if (!all.some(({ stage, job }) => namesJob(name, stage, job)))
      throw notFound('job', name, known);
  const wanted = all.filter(({ stage, job }) => names.some((name) => namesJob(name, stage, job)));
  return (names.length === 0 ? all : wanted).map(({ job }) => job);
}

function checkLegs(jobs: readonly Job[], names: readonly string[]): void {
  // The legs of a matrix that the run itself makes are not known before.
  if (jobs.some(({ strategy }) => strategy?.kind === 'runtime')) return;
  const known = jobs.flatMap(legsOf);
  for (const name of names) if (!hasName(known, name)) throw notFound('matrix leg', name, known);
}

function notFound(kind: string, name: string, known: readonly string[]): LocalRunError {
  const list = known.length === 0 ? `there are no ${kind}s` : `there is: ${known.join(', ')}`;
  const meant = didYouMean(name, known);
  return new LocalRunError('PART_NOT_FOUND', `there is no ${kind} '${name}' (${list}).${meant}`);
}

export function namesJob(name: string, stage: Stage, job: Job): boolean {
  return hasName([job.id, `${stage.id}.${job.id}`], name);
}

function legsOf({ strategy }: Job): readonly string[] {
  return strategy?.kind === 'matrix' ? strategy.legs.map(({ name }) => name) : [];
}

function isUnnamed({ id }: Stage): boolean {
  return id === '__default';
}

export function hasName(names: readonly string[], wanted: string): boolean {
  return names.some((name) => isSameName(name, wanted));
}
