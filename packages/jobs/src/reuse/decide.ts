// Decides whether a step has to run, or whether an earlier job has its result already; in either
// case it says why.
import type { StepOfJob } from '../engine/attempt.ts';
import type { EngineContext } from '../engine/engine-context.ts';
import { isRefusal } from '../engine/refusal.ts';
import { type CompletedRuns, stepInputValues } from '../engine/step-inputs.ts';
import type { JobStepTable } from '../job/job-tables.ts';
import { outputArtifactPath, outputsFolder } from '../step/step-folder.ts';
import { describeDifference } from './describe-difference.ts';
import { type FingerprintParts, fingerprintOf } from './fingerprint.ts';
import type { EarlierStep } from './reuse-store.ts';
import { stepParts } from './step-parts.ts';

/** What is written down of it on the step's row, together with the attempt. */
export type DecisionRow = Pick<
  JobStepTable,
  'decision' | 'fingerprint' | 'fingerprint_parts' | 'reused_from_job' | 'reused_from_run'
>;

export interface Decision {
  readonly row: DecisionRow;
  /** The step whose result is taken; null where this one runs. */
  readonly earlier: EarlierStep | null;
}

export async function decide(
  context: EngineContext,
  stepOfJob: StepOfJob,
  completedRuns: CompletedRuns,
): Promise<Decision> {
  const { job, step } = stepOfJob;
  // A job of one command is asked for to be run.
  if (job.type !== 'pipeline') return runs(null, null);
  if (!step.isDeterministic) return runs('it is not deterministic (is_deterministic: false)', null);
  const placed = [...step.outputs].find(([, { path }]) => path !== null);
  if (placed !== undefined) return runs(`its output '${placed[0]}' has a place of its own`, null);
  const parts = await partsOf(context, stepOfJob, completedRuns);
  if (parts === null)
    return runs('what it takes cannot be compared with that of earlier jobs', null);
  if (job.forceRerun) return runs('the job was submitted with force_rerun', parts);
  const earlier = await findEarlier(context, stepOfJob, parts);
  if (earlier !== null) return reuses(earlier, parts);
  return runs(await whyNot(context, stepOfJob, parts), parts);
}

async function partsOf(
  { workspace }: EngineContext,
  stepOfJob: StepOfJob,
  completedRuns: CompletedRuns,
): Promise<FingerprintParts | null> {
  const { step, codeId, resolvedInputs } = stepOfJob;
  try {
    const inputs = await stepInputValues(workspace, stepOfJob.step, resolvedInputs, completedRuns);
    return await stepParts(workspace, { step, codeId, inputs });
  } catch (error) {
    // What is not there any more is said when the step is started.
    if (isRefusal(error)) return null;
    throw error;
  }
}

async function findEarlier(
  context: EngineContext,
  { jobId, step }: StepOfJob,
  parts: FingerprintParts,
): Promise<EarlierStep | null> {
  for (const earlier of await context.reuse.findCompleted(fingerprintOf(parts), jobId)) {
    if (await isWhole(context, earlier.runId, [...step.outputs.keys()])) return earlier;
  }
  return null;
}

async function isWhole(
  { workspace, reuse }: EngineContext,
  runId: string,
  outputs: readonly string[],
): Promise<boolean> {
  try {
    const { info } = await workspace.runs.get(runId);
    if (info.lifecycle_stage !== 'active' || info.status !== 'FINISHED') return false;
    const kept = new Set((await workspace.artifacts.list(runId, outputsFolder)).map((e) => e.path));
    if (!outputs.every((name) => kept.has(outputArtifactPath(name)))) return false;
    return (await reuse.rootWrites(runId)) !== null;
  } catch (error) {
    if (isRefusal(error)) return false;
    throw error;
  }
}

async function whyNot(
  { reuse }: EngineContext,
  { jobId, step, job }: StepOfJob,
  parts: FingerprintParts,
): Promise<string> {
  const latest = await reuse.findLatest(step.name, job.pipelineName, jobId);
  if (latest === null) return 'nothing like it has run before';
  const difference = describeDifference(parts, JSON.parse(latest.parts), latest.jobId);
  if (difference !== null) return difference;
  if (latest.status === 'Completed') {
    return `what it has written in job ${latest.jobId} is no longer there`;
  }
  return `it has not completed in job ${latest.jobId}`;
}

function runs(reason: string | null, parts: FingerprintParts | null): Decision {
  const row = {
    decision: reason === null ? null : `ran because ${reason}`,
    fingerprint: parts === null ? null : fingerprintOf(parts),
    fingerprint_parts: parts === null ? null : JSON.stringify(parts),
    reused_from_job: null,
    reused_from_run: null,
  };
  return { row, earlier: null };
}

function reuses(earlier: EarlierStep, parts: FingerprintParts): Decision {
  const origin = earlier.origin ?? earlier;
  const date = new Date(earlier.endedAtMs).toISOString().slice(0, 10);
  const row = {
    decision:
      'reused because code, command, environment and inputs are those of ' +
      `run ${origin.runId} of job ${origin.jobId}, ${date}`,
    fingerprint: fingerprintOf(parts),
    fingerprint_parts: JSON.stringify(parts),
    reused_from_job: origin.jobId,
    reused_from_run: origin.runId,
  };
  return { row, earlier };
}
