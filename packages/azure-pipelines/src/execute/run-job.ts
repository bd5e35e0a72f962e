// Runs one job: its steps, one after the other, on this machine.

import { randomUUID } from 'node:crypto';
import type { JobOutcome, JobRun } from '../orchestrate/job-run.ts';
import type { TaskRegistry } from '../task/task-registry.ts';
import { Cancellation } from './cancellation.ts';
import { findTasks } from './find-tasks.ts';
import { emptyTemp, jobFolders, makeFolders, prepareFolders } from './job-folders.ts';
import type { JobHost } from './job-host.ts';
import type { CutOffJob } from './job-memory.ts';
import { JobRecord } from './job-record.ts';
import { JobScope } from './job-scope.ts';
import { killMarked } from './kill-group.ts';
import { type PlannedStep, planSteps } from './planned-step.ts';
import { messageOf } from './run-attempts.ts';
import { type EndingTimes, standardEndingTimes } from './run-process.ts';
import { runStep } from './run-step.ts';
import { startContainers } from './start-containers.ts';
import type { StepRecord } from './step-record.ts';
import { pause } from './timer.ts';

export interface RunJobOptions {
  /** Holds the job's folders `1/{a,b,s,TestResults}`, and `_temp` and `_tool` beside them. */
  readonly workFolder: string;
  readonly tasks: TaskRegistry;
  /** The environment that steps start from; default that of this process. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** The name of the job's folder in `workFolder`; default `1`. Jobs at the same time need one each. */
  readonly slot?: string;
  /** Stands in for the wait before a retry, for those who cannot wait that long. */
  readonly pause?: (ms: number, signal: AbortSignal) => Promise<void>;
  /** How long processes get to end; default 7.5, 2.5 and 5 seconds. */
  readonly ending?: EndingTimes;
  /** A job that an earlier process began. What had ended stays as it was, what ran has failed, and of
   * the rest the steps run whose conditions hold after a failure. */
  readonly cutOff?: CutOffJob;
  /** The mark of the job's processes, for a host that ends what a killed run left behind; default a
   * new one. */
  readonly lookupId?: string;
}

/** What its steps left of a job, its own continueOnError not applied. */
export interface FinishedJob extends JobOutcome {
  readonly secretOutputs: ReadonlySet<string>;
  /** In the order in which they ran. */
  readonly steps: readonly StepRecord[];
}

export async function runJob(
  run: JobRun,
  host: JobHost,
  options: RunJobOptions,
): Promise<FinishedJob> {
  const cancellation = new Cancellation(host.signal, {
    timeoutMs: run.timeoutMinutes * 60_000,
    cancelTimeoutMs: run.cancelTimeoutMinutes * 60_000,
  });
  const job = newScope(run, host, options, cancellation);
  try {
    const { record, planned } = await initialize(job, options.cutOff);
    const last = await runSteps(planned, job);
    return outcomeOf(job, [record, ...planned.map(recordOf), last]);
  } catch (error) {
    await release(job).catch(() => {});
    throw error;
  } finally {
    cancellation.end();
  }
}

function newScope(
  run: JobRun,
  host: JobHost,
  options: RunJobOptions,
  cancellation: Cancellation,
): JobScope {
  return new JobScope({
    run,
    host,
    tasks: options.tasks,
    folders: jobFolders(options.workFolder, options.slot ?? '1'),
    cancellation,
    environment: definedOnly(options.environment ?? process.env),
    ending: options.ending ?? standardEndingTimes,
    pause: options.pause ?? pause,
    lookupId: options.lookupId ?? `vsts_${randomUUID()}`,
  });
}

function definedOnly(env: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const entries = Object.entries(env).filter((entry): entry is [string, string] => {
    return entry[1] !== undefined;
  });
  return Object.fromEntries(entries);
}

interface Initialized {
  readonly record: StepRecord;
  readonly planned: readonly PlannedStep[];
}

/** A job whose steps cannot all run starts none of them. */
async function initialize(job: JobScope, cutOff: CutOffJob | undefined): Promise<Initialized> {
  const record = new JobRecord(job, 1, 'Initialize job');
  const { run, folders } = job.settings;
  if (cutOff !== undefined) takeUp(cutOff, job, record);
  const known = findTasks(run, job.settings.tasks, (problem) => record.add('error', problem));
  if (run.holdsAgent && cutOff !== undefined) await makeFolders(folders);
  else if (run.holdsAgent) await prepareFolders(folders, run.job.workspace?.clean);
  for (const message of job.variables.recalculate()) record.add('warning', message);
  if (run.holdsAgent && record.recorder.record.errorCount === 0) await startContainers(job, record);
  const canRun = record.recorder.record.errorCount === 0;
  const planned = canRun ? planSteps(known, job, cutOff?.records) : [];
  for (const step of planned) if (cutOff !== undefined) endCutOff(step, cutOff.problem);
  record.finish();
  return { record: record.recorder.record, planned };
}

function takeUp({ memory, problem }: CutOffJob, job: JobScope, record: JobRecord): void {
  if (memory !== undefined) job.recall(memory);
  job.take('failed');
  record.say(`${problem}. What is to run always, or after a failure, runs now.`);
}

/** What a step had done when its process ended, nobody knows. */
function endCutOff({ recorder }: PlannedStep, problem: string): void {
  if (recorder.record.state !== 'inProgress') return;
  recorder.addIssue({ type: 'error', message: problem });
  recorder.finish('failed');
}

/** Gives the record of what is done behind the last step. */
async function runSteps(planned: readonly PlannedStep[], job: JobScope): Promise<StepRecord> {
  const { run, cancellation } = job.settings;
  for (const step of planned) {
    if (step.recorder.record.state === 'completed') continue;
    if (step.isWanted()) await runStep(step, job);
    else step.recorder.finish('skipped');
  }
  const record = new JobRecord(job, planned.length + 2, 'Finalize job');
  if (cancellation.canceled.aborted && job.status !== 'canceled') job.cancel();
  if (cancellation.timedOut) {
    record.add('error', `The job ran longer than its ${run.timeoutMinutes} minutes`);
  }
  await release(job).catch((error: unknown) => {
    record.add('warning', `Something of the job stays on this machine: ${messageOf(error)}`);
  });
  record.finish();
  return record.recorder.record;
}

/** What steps have left behind ends with their job: containers, processes, temporary files. */
async function release(job: JobScope): Promise<void> {
  const { run, folders, lookupId } = job.settings;
  if (!run.holdsAgent) return;
  await job.containers?.stop();
  await killMarked(lookupId);
  await emptyTemp(folders);
}

function outcomeOf(job: JobScope, steps: readonly StepRecord[]): FinishedJob {
  const { status, outputs, secretOutputs } = job;
  return { result: status, outputs, secretOutputs, steps };
}

function recordOf({ recorder }: PlannedStep): StepRecord {
  return recorder.record;
}
