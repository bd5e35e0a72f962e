// The first half of an attempt's life: it is written down, its folder is made ready, its process
// starts. A server that dies on the way leaves an attempt of which it is certain that its command
// has not run and never will, or one whose process the next server finds.
import { mkdir } from 'node:fs/promises';
import { renderCommand } from '@ridgeline/azureml-yaml';
import { stepEnvironment } from '../step/step-environment.ts';
import type { StepFolder } from '../step/step-folder.ts';
import { type StepProcess, startStepProcess } from '../step/supervise.ts';
import { type Attempt, attemptFolder, type StepOfJob } from './attempt.ts';
import type { EngineContext } from './engine-context.ts';
import { recordLineage } from './lineage.ts';
import { type CompletedRuns, stepInputValues } from './step-inputs.ts';
import { makeOutputFolders, outputPaths } from './step-outputs.ts';

/** The store knows of an attempt, and of its run, before either is there. */
export async function announceAttempt(context: EngineContext, attempt: Attempt): Promise<void> {
  await context.store.updateStep(attempt.jobId, attempt.stepName, {
    status: 'Running',
    attempt: attempt.number,
    run_id: attempt.runId,
    tracking_url: attempt.trackingUrl,
    started_at: attempt.startedAtMs,
  });
}

/**
 * @param signal when it is aborted in time, nothing is started.
 * @throws the signal's reason, or why the step cannot be started
 */
export async function startAttempt(
  context: EngineContext,
  stepOfJob: StepOfJob,
  attempt: Attempt,
  completedRuns: CompletedRuns,
  signal: AbortSignal,
): Promise<StepProcess> {
  const { workspace } = context;
  const { step, resolvedInputs } = stepOfJob;
  await makeRun(context, stepOfJob, attempt);
  const folder = attemptFolder(context, attempt);
  const { PATH } = await makeFolder(context, stepOfJob, folder);
  const inputs = await stepInputValues(workspace, step, resolvedInputs, completedRuns);
  await recordLineage(workspace, { ...attempt, inputs });
  const command = renderCommand(step.command, {
    inputs: new Map(inputs.map(({ name, value }) => [name, value])),
    outputs: outputPaths(step, folder),
  });
  const token = await workspace.identity.issueStepToken(attempt);
  const identity = { ...stepOfJob, ...attempt, token };
  const environment = stepEnvironment(identity, { PATH }, step.environmentVariables);
  signal.throwIfAborted();
  return startStepProcess(folder.root, command, environment);
}

async function makeRun(
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

async function makeFolder(
  { workspace }: EngineContext,
  { step, codeId }: StepOfJob,
  folder: StepFolder,
): Promise<{ readonly PATH: string }> {
  await mkdir(folder.root, { recursive: true });
  if (codeId === null) await mkdir(folder.code);
  else await workspace.code.copyTo(codeId, folder.code);
  await makeOutputFolders(step, folder);
  const { env } = await workspace.environments.prepare(step.environment, folder.code);
  return env;
}
