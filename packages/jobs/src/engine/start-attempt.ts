// The first half of an attempt's life: it is written down, its folder is made ready, its process
// starts. A server that dies on the way leaves an attempt of which it is certain that its command
// has not run and never will, or one whose process the next server finds.
import { appendFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { renderCommand } from '@ridgeline/azureml-yaml';
import type { Compute } from '@ridgeline/workspace';
import { definitionVariable } from '../composite/program-command.ts';
import type { JobStepTable } from '../job/job-tables.ts';
import { stepEnvironment } from '../step/step-environment.ts';
import type { StepFolder } from '../step/step-folder.ts';
import type { StepProcess } from '../step/supervise.ts';
import { type Attempt, attemptFolder, type StepOfJob } from './attempt.ts';
import type { EngineContext } from './engine-context.ts';
import { runnerOf } from './find-attempt.ts';
import { recordLineage } from './lineage.ts';
import {
  type CompletedRuns,
  type StepInputValue,
  stepInputValues,
  valuesByName,
} from './step-inputs.ts';
import { makeOutputFolders, outputPaths } from './step-outputs.ts';

export interface AttemptStart {
  readonly completedRuns: CompletedRuns;
  readonly compute: Compute;
  /** Resolves when the attempt is written down. */
  readonly announced: Promise<unknown>;
}

/**
 * The store knows of an attempt, and of its run, before either is there.
 * @param decision why it runs, or whose result it takes.
 */
export async function announceAttempt(
  context: EngineContext,
  attempt: Attempt,
  decision: Partial<JobStepTable>,
): Promise<void> {
  await context.store.updateStep(attempt.jobId, attempt.stepName, {
    status: 'Running',
    attempt: attempt.number,
    run_id: attempt.runId,
    tracking_url: attempt.trackingUrl,
    started_at: attempt.startedAtMs,
    retry_at: null,
    exit_code: null,
    error_code: null,
    error_message: null,
    ...decision,
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
  { completedRuns, compute, announced }: AttemptStart,
  signal: AbortSignal,
): Promise<StepProcess> {
  const { workspace } = context;
  const { step, resolvedInputs } = stepOfJob;
  // Asked for together, in this order, these share a commit: the disk is waited for once.
  const [, , token] = await Promise.all([
    announced,
    makeRun(context, stepOfJob, attempt),
    workspace.identity.issueStepToken({ ...attempt, submittedBy: stepOfJob.submittedBy }),
  ]);
  const folder = attemptFolder(context, attempt);
  const variables = await makeFolder(context, stepOfJob, folder, compute, signal);
  const inputs = await stepInputValues(workspace, stepOfJob.step, resolvedInputs, completedRuns);
  await recordLineage(workspace, { ...attempt, inputs });
  const values = { ...valuesByName(inputs), outputs: outputPaths(step, folder) };
  const command = renderCommand(step.command, values);
  const identity = { ...stepOfJob, ...attempt, token };
  const environment = stepEnvironment(identity, variables, step.environmentVariables);
  signal.throwIfAborted();
  const runner = runnerOf(context, compute.kind);
  return runner.start({
    ...{ attempt, compute, folder, command, environment, ...values },
    literals: literalsOf(inputs),
    commandWith: (other) => renderCommand(step.command, { ...values, ...other }),
  });
}

function literalsOf(inputs: readonly StepInputValue[]): ReadonlySet<string> {
  return new Set(inputs.filter((i) => i.source?.kind === 'literal').map(({ name }) => name));
}

export async function makeRun(
  { workspace }: EngineContext,
  { parentRunId, step, experimentId, tags }: StepOfJob,
  { number, runId, startedAtMs }: Attempt,
): Promise<void> {
  await workspace.runs.ensure(runId, {
    experimentId,
    runName: step.displayName ?? step.name,
    startTime: startedAtMs,
    parentRunId,
    tags: { ...tags, 'ridgeline.step': step.name, 'ridgeline.attempt': String(number) },
  });
}

async function makeFolder(
  { workspace }: EngineContext,
  { step, codeId }: StepOfJob,
  folder: StepFolder,
  compute: Compute,
  signal: AbortSignal,
): Promise<Readonly<Record<string, string>>> {
  await mkdir(folder.root, { recursive: true });
  if (codeId === null) await mkdir(folder.code);
  else await workspace.code.copyTo(codeId, folder.code);
  await makeOutputFolders(step, folder);
  // Elsewhere the compute itself has what its steps run in.
  if (compute.kind !== 'local') return {};
  // What takes long is told in the step's log, before the command's own words.
  const onProgress = (text: string) => appendFileSync(folder.log, `${text}\n`);
  const options = { signal, onProgress };
  const { env } = await workspace.environments.prepare(step.environment, folder.code, options);
  if (!step.environmentVariables.has(definitionVariable)) return env;
  // A program of ours, which runs on Node whatever the environment of what it starts.
  const ours = await workspace.environments.prepare(null, folder.code, options);
  return { ...env, PATH: [env.PATH, ours.env.PATH].join(path.delimiter) };
}
