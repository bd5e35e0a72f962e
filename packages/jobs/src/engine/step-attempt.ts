// The life of one attempt of a step: prepare, start, watch, conclude. Each part leaves on disk what
// a server that takes over needs, and can be done again without harm.
import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { type CommandStep, renderCommand } from '@ridgeline/azureml-yaml';
import type { JobFailure } from '../job/job.ts';
import { stepEnvironment } from '../step/step-environment.ts';
import { logArtifactPath, type StepFolder, stepFolder } from '../step/step-folder.ts';
import { lastLogLines, logSizeBytes } from '../step/step-log.ts';
import { type StepOutcome, stepOutcome } from '../step/step-outcome.ts';
import { findStepProcess, type StepProcess, startStepProcess } from '../step/supervise.ts';
import { watchProcess } from '../step/watch-process.ts';
import type { ResolvedInputs } from '../submission/submission.ts';
import type { EngineContext } from './engine-context.ts';
import { recordLineage } from './lineage.ts';
import { type CompletedRuns, stepInputValues } from './step-inputs.ts';
import { keepOutputs, makeOutputFolders, outputPaths } from './step-outputs.ts';

/** A step together with all of its job that its attempts need. */
export interface StepOfJob {
  readonly jobId: string;
  readonly experimentId: string;
  readonly experimentName: string;
  readonly step: CommandStep;
  /** The id of the uploaded code; null for a step without code. */
  readonly codeId: string | null;
  readonly environment: string | null;
  readonly resolvedInputs: ResolvedInputs;
}

export interface Attempt {
  readonly number: number;
  readonly runId: string;
  readonly startedAtMs: number;
}

export function newAttempt(context: EngineContext, number: number): Attempt {
  return { number, runId: randomUUID().replaceAll('-', ''), startedAtMs: context.now() };
}

/** Runs an attempt to its end; null where the server halts first. The signal's reason is a `StopRequest`. */
export async function runAttempt(
  context: EngineContext,
  stepOfJob: StepOfJob,
  attempt: Attempt,
  completedRuns: CompletedRuns,
  signal: AbortSignal,
): Promise<StepOutcome | null> {
  await announce(context, stepOfJob, attempt);
  const folder = folderOf(context, stepOfJob, attempt);
  let process: StepProcess;
  try {
    process = await start(context, stepOfJob, attempt, folder, completedRuns);
  } catch (error) {
    return conclude(context, stepOfJob, attempt, preparationFailed(stepOfJob.step.name, error));
  }
  return watchAttempt(context, stepOfJob, attempt, process, signal);
}

/** What an earlier server has left of an attempt: its process, running or ended, or null. */
export async function findAttempt(
  context: EngineContext,
  stepOfJob: StepOfJob,
  attempt: Attempt,
): Promise<StepProcess | null> {
  return findStepProcess(folderOf(context, stepOfJob, attempt).root);
}

/** Ends what is left of an attempt that will not be concluded, so that a new one can take its place. */
export async function abandonAttempt(
  context: EngineContext,
  stepOfJob: StepOfJob,
  attempt: Attempt,
): Promise<void> {
  const { jobId, step } = stepOfJob;
  const folder = folderOf(context, stepOfJob, attempt);
  const process = await findStepProcess(folder.root);
  process?.signal('SIGKILL');
  await process?.ended();
  await context.store.updateStep(jobId, step.name, { status: 'NotStarted', started_at: null });
  await closeRun(context, stepOfJob, attempt, folder, 'KILLED');
  await rm(folder.root, { recursive: true, force: true });
}

function folderOf(
  context: EngineContext,
  { jobId, step }: StepOfJob,
  { number }: Attempt,
): StepFolder {
  return stepFolder(context.workspace.folder, jobId, step.name, number);
}

// The store knows of the attempt, and of its run, before either is there.
async function announce(
  context: EngineContext,
  stepOfJob: StepOfJob,
  attempt: Attempt,
): Promise<void> {
  const { jobId, step } = stepOfJob;
  const { number, runId, startedAtMs } = attempt;
  await context.store.updateStep(jobId, step.name, {
    status: 'Running',
    attempt: number,
    run_id: runId,
    tracking_url: context.trackingUrl(),
    started_at: startedAtMs,
  });
  await ensureRun(context, stepOfJob, attempt);
}

async function ensureRun(
  { workspace }: EngineContext,
  { jobId, step, experimentId }: StepOfJob,
  { number, runId, startedAtMs }: Attempt,
): Promise<void> {
  await workspace.runs.ensure(runId, {
    experimentId,
    runName: step.displayName ?? step.name,
    startTime: startedAtMs,
    parentRunId: jobId,
    tags: { 'ridgeline.step': step.name, 'ridgeline.attempt': String(number) },
  });
}

async function start(
  context: EngineContext,
  stepOfJob: StepOfJob,
  { number, runId }: Attempt,
  folder: StepFolder,
  completedRuns: CompletedRuns,
): Promise<StepProcess> {
  const { workspace } = context;
  const { jobId, step, experimentId, experimentName, codeId, resolvedInputs } = stepOfJob;
  // An attempt's folder may be left by a server that was killed before it knew of the attempt.
  await rm(folder.root, { recursive: true, force: true });
  await mkdir(folder.root, { recursive: true });
  if (codeId === null) await mkdir(folder.code);
  else await workspace.code.copyTo(codeId, folder.code);
  const prepared = await workspace.environments.prepare(stepOfJob.environment, folder.code);
  await makeOutputFolders(step, folder);

  const inputs = await stepInputValues(workspace, step, resolvedInputs, completedRuns);
  await recordLineage(workspace, { jobId, runId, inputs });
  const command = renderCommand(step.command, {
    inputs: new Map(inputs.map(({ name, value }) => [name, value])),
    outputs: outputPaths(step, folder),
  });
  const identity = {
    jobId,
    stepName: step.name,
    runId,
    attempt: number,
    experimentId,
    experimentName,
    token: await workspace.identity.issueStepToken({ jobId, runId }),
    trackingUrl: context.trackingUrl(),
  };
  const environment = stepEnvironment(identity, prepared.env, step.environmentVariables);
  return startStepProcess(folder.root, command, environment);
}

/** Stands by a process until it ends, and concludes its attempt; null where the server halts first. */
export async function watchAttempt(
  context: EngineContext,
  stepOfJob: StepOfJob,
  attempt: Attempt,
  process: StepProcess,
  signal: AbortSignal,
): Promise<StepOutcome | null> {
  const { step } = stepOfJob;
  const { log } = folderOf(context, stepOfJob, attempt);
  const { timeoutSeconds } = step;
  const timeoutMs = timeoutSeconds === null ? Number.POSITIVE_INFINITY : timeoutSeconds * 1000;
  const end = await watchProcess(process, {
    logFile: log,
    timeoutMs: attempt.startedAtMs + timeoutMs - context.now(),
    maxLogBytes: context.limits.maxLogBytes,
    killGraceMs: context.limits.killGraceMs,
    signal,
  });
  if (end.stopCause === 'halted' && end.exitCode !== 0) {
    await abandonAttempt(context, stepOfJob, attempt);
    return null;
  }
  const lastLines = await lastLogLines(log);
  const outcome = stepOutcome({ ...end, stepName: step.name, timeoutSeconds, lastLines });
  return conclude(context, stepOfJob, attempt, outcome);
}

function preparationFailed(stepName: string, error: unknown): StepOutcome {
  const reason = error instanceof Error ? error.message : String(error);
  const message = `step '${stepName}' could not be started: ${reason}`;
  return { status: 'Failed', exitCode: null, error: { code: 'STEP_PREPARATION_FAILED', message } };
}

const runStatus = { Completed: 'FINISHED', Failed: 'FAILED', Canceled: 'KILLED' } as const;

// The step's state is written last: a server that dies before finds the attempt running, its
// exit code beside it, and concludes it once more.
async function conclude(
  context: EngineContext,
  stepOfJob: StepOfJob,
  attempt: Attempt,
  outcome: StepOutcome,
): Promise<StepOutcome> {
  const { jobId, step } = stepOfJob;
  const folder = folderOf(context, stepOfJob, attempt);
  const completed = outcome.status === 'Completed';
  const missing = completed
    ? await keepOutputs(context.workspace, attempt.runId, step, folder)
    : null;
  const result = missing === null ? outcome : failedOutcome(outcome, missing);
  await closeRun(context, stepOfJob, attempt, folder, runStatus[result.status]);
  await context.store.updateStep(jobId, step.name, {
    status: result.status,
    exit_code: result.exitCode,
    error_code: result.error?.code ?? null,
    error_message: result.error?.message ?? null,
    ended_at: context.now(),
  });
  await rm(folder.root, { recursive: true, force: true });
  return result;
}

function failedOutcome({ exitCode }: StepOutcome, error: JobFailure): StepOutcome {
  return { status: 'Failed', exitCode, error };
}

async function closeRun(
  context: EngineContext,
  stepOfJob: StepOfJob,
  attempt: Attempt,
  folder: StepFolder,
  status: 'FINISHED' | 'FAILED' | 'KILLED',
): Promise<void> {
  const { workspace, now } = context;
  const { runId } = attempt;
  await ensureRun(context, stepOfJob, attempt);
  await workspace.identity.revokeStepTokens({ runId });
  if ((await logSizeBytes(folder.log)) > 0) {
    await workspace.artifacts.write(runId, logArtifactPath, createReadStream(folder.log));
  }
  await workspace.runs.update(runId, { status, endTime: now() });
}
