// One job of a run: a workspace of its own, its host, its steps, its record.
import { randomUUID } from 'node:crypto';
import { mkdir, rm, symlink } from 'node:fs/promises';
import path from 'node:path';
import { runJob } from '../execute/run-job.ts';
import type { JobOutcome, JobRun } from '../orchestrate/job-run.ts';
import { isSuccess, weighResult } from '../orchestrate/result.ts';
import { LocalJobHost } from './local-job-host.ts';
import type { LocalSurroundings } from './local-surroundings.ts';
import { asFileName } from './run-folder.ts';

export async function runLocalJob(
  job: JobRun,
  around: LocalSurroundings,
  signal: AbortSignal,
): Promise<JobOutcome> {
  const { journal, listener } = around;
  const mark = `vsts_${randomUUID()}`;
  journal.jobStarted(job, mark);
  listener.jobStarted(job);
  const outcome = await runToItsEnd(job, around, mark, signal);
  // A failed hook stays one: the hook that answers it has run for that reason.
  const result = weighResult(outcome.result, job.continueOnError && job.hook === undefined);
  journal.jobEnded(job.id, result);
  listener.jobEnded(job, result);
  return outcome;
}

async function runToItsEnd(
  job: JobRun,
  around: LocalSurroundings,
  lookupId: string,
  signal: AbortSignal,
): Promise<JobOutcome> {
  const host = new LocalJobHost(job, around, signal);
  try {
    const outcome = await runInWorkspace(job, host, around, lookupId);
    await host.close();
    return outcome;
  } catch (error) {
    // What fails outside of a step, such as a full disk, fails this job and leaves the others.
    const message = error instanceof Error ? error.message : String(error);
    around.journal.mistake(job.id, message);
    around.listener.note(`${job.identifier}: ${message}`);
    await host.close().catch(() => undefined);
    return { result: 'failed', outputs: new Map() };
  }
}

async function runInWorkspace(
  job: JobRun,
  host: LocalJobHost,
  around: LocalSurroundings,
  lookupId: string,
): Promise<JobOutcome> {
  const workFolder = await makeWorkFolder(job, around);
  const { tasks, environment } = around;
  const outcome = await runJob(job, host, {
    workFolder,
    tasks,
    lookupId,
    ...(environment && { environment }),
  });
  const isKept = around.keepsWorkspaces || !isSuccess(outcome.result);
  if (!isKept || around.isDryRun || !job.holdsAgent)
    await rm(path.dirname(workFolder), { recursive: true, force: true });
  else around.listener.note(`The workspace of ${job.identifier} stays at ${workFolder}`);
  return outcome;
}

/** Each job has a fresh one, as on a hosted agent; only tools stay, for all runs of the store. */
async function makeWorkFolder(job: JobRun, { folder, store }: LocalSurroundings): Promise<string> {
  const tools = path.join(store.folder, 'tools');
  const workFolder = path.join(folder.agent, asFileName(job.id), '_work');
  await Promise.all([mkdir(tools, { recursive: true }), mkdir(workFolder, { recursive: true })]);
  // A junction is what Windows lets everyone make; elsewhere it is a link like any other.
  await symlink(tools, path.join(workFolder, '_tool'), 'junction');
  return workFolder;
}
