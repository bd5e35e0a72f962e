// One job of a build on this machine: a folder of its own, its host, its steps.
import { mkdir, rm, symlink } from 'node:fs/promises';
import path from 'node:path';
import {
  type CutOffJob,
  type FinishedJob,
  type JobOutcome,
  type JobRun,
  runJob,
} from '@ridgeline/azure-pipelines';
import type { Change } from '../store/build-store.ts';
import { tokenOf, withToken } from './access-token.ts';
import { BuildJobHost } from './build-job-host.ts';
import { type BuildSurroundings, folderNameOf } from './build-surroundings.ts';

export interface EndedJob {
  readonly outcome: JobOutcome;
  /** What failed outside of its steps, such as a full disk. */
  readonly problem: string | null;
  /** What is written in one commit with the end of the job. */
  readonly changes?: readonly Change[];
  /** Called once the end of the job is on the disk. */
  readonly written?: () => void;
}

export interface BuildJobOptions {
  /** By which its processes are known. */
  readonly mark: string;
  readonly signal: AbortSignal;
  /** Where an earlier server began it. */
  readonly cutOff?: CutOffJob;
}

export async function runBuildJob(
  job: JobRun,
  around: BuildSurroundings,
  options: BuildJobOptions,
): Promise<EndedJob> {
  try {
    const outcome = await runWithToken(job, around, options);
    await around.journal.flush();
    return { outcome, problem: options.cutOff?.problem ?? null };
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    await around.journal.flush().catch(() => undefined);
    return { outcome: { result: 'failed', outputs: new Map() }, problem };
  }
}

async function runWithToken(
  job: JobRun,
  around: BuildSurroundings,
  options: BuildJobOptions,
): Promise<FinishedJob> {
  const token = await tokenOf(job, around);
  try {
    return await runHosted(withToken(job, token), around, options);
  } finally {
    await token?.revoke();
  }
}

async function runHosted(
  job: JobRun,
  around: BuildSurroundings,
  { mark: lookupId, signal, cutOff }: BuildJobOptions,
): Promise<FinishedJob> {
  const home = workPlace(job, around);
  const host = new BuildJobHost(job, around, signal, cutOff?.memory);
  try {
    if (cutOff === undefined) await rm(home, { recursive: true, force: true });
    const workFolder = await makeWorkFolder(home, around);
    const environment = around.environment();
    const outcome = await runJob(job, host, {
      workFolder,
      tasks: around.tasks,
      lookupId,
      environment,
      ...(cutOff && { cutOff }),
    });
    await host.close();
    return outcome;
  } catch (error) {
    await host.close().catch(() => undefined);
    throw error;
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}

export function workPlace(job: { readonly id: string }, around: BuildSurroundings): string {
  const { paths, build } = around;
  return path.join(paths.work(build.build_id), folderNameOf(job.id));
}

/** Only tools are those of all builds. */
async function makeWorkFolder(home: string, { paths }: BuildSurroundings): Promise<string> {
  const workFolder = path.join(home, '_work');
  await Promise.all([
    mkdir(paths.tools, { recursive: true }),
    mkdir(workFolder, { recursive: true }),
  ]);
  await symlink(paths.tools, path.join(workFolder, '_tool'), 'junction').catch(unlessThere);
  return workFolder;
}

/** Of a job that an earlier server began. */
function unlessThere(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error;
}
