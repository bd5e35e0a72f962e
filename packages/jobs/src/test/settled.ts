// What holds of every job at its end, however it came there.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Run, Workspace } from '@ridgeline/workspace';
import type { Job, JobStatus } from '../job/job.ts';
import type { Lab, OpenEngine } from './lab.ts';

const runStatus: Partial<Record<JobStatus, string>> = {
  Completed: 'FINISHED',
  Failed: 'FAILED',
  Canceled: 'KILLED',
};

/** All that is not as it should be with a job that has ended; empty where all is well. */
export async function problemsOf(
  lab: Lab,
  { workspace, errors }: OpenEngine,
  job: Job,
): Promise<readonly string[]> {
  const runs = await runsOf(workspace, job);
  const statusOf = (runId: string) => runs.find(({ info }) => info.run_id === runId)?.info.status;
  const started = job.steps.filter(({ runId }) => runId !== null);
  const wrongSteps = started.filter(
    // One that was cancelled while it waited to be tried again had failed before.
    ({ runId, status, retries }) =>
      statusOf(runId ?? '') !== runStatus[status] &&
      !(status === 'Canceled' && retries > 0 && statusOf(runId ?? '') === 'FAILED'),
  );
  const endless = runs.filter(({ info }) => info.status === 'RUNNING' || !info.end_time);
  const isRootWrong = statusOf(job.id) !== runStatus[job.status];
  return [
    ...errors.map((error) => `internal error: ${error}`),
    ...(isRootWrong ? [`the root run of a ${job.status} job is ${statusOf(job.id)}`] : []),
    ...wrongSteps.map(({ name, status, runId }) => `${name} ${status}: ${statusOf(runId ?? '')}`),
    ...endless.map(({ info }) => `run ${info.run_id} (${info.run_name}) has not ended`),
    ...(await leftRunning(lab)).map((line) => `left running: ${line}`),
    ...(await stepTokens(workspace)).map((hash) => `token ${hash} is still valid`),
    ...(existsSync(path.join(lab.workspaceFolder, 'jobs', job.id)) ? ['its folder is left'] : []),
  ];
}

// What has been killed needs a moment to be gone.
async function leftRunning(lab: Lab): Promise<readonly string[]> {
  for (let asked = 0; asked < 50; asked += 1) {
    if ((await lab.processes()).length === 0) return [];
    await delay(20);
  }
  return lab.processes();
}

/** The root run and the runs of all attempts. */
export async function runsOf(workspace: Workspace, job: Job): Promise<readonly Run[]> {
  const { items } = await workspace.runs.search({ experimentIds: [job.experimentId] });
  const parentOf = ({ data }: Run) =>
    data.tags.find(({ key }) => key === 'mlflow.parentRunId')?.value ?? '';
  const ofJob = new Set([job.id]);
  for (let known = 0; known < ofJob.size; ) {
    known = ofJob.size;
    for (const run of items) if (ofJob.has(parentOf(run))) ofJob.add(run.info.run_id);
  }
  return items.filter(({ info }) => ofJob.has(info.run_id));
}

async function stepTokens(workspace: Workspace): Promise<readonly string[]> {
  const tokens = workspace.database.kysely.selectFrom('tokens').select('hash');
  return (await tokens.where('kind', '=', 'step').execute()).map(({ hash }) => hash);
}
