// Finds the log of a step, wherever it is just now: with the attempt that runs, or among the
// artifacts of the one that has ended.
import type { Workspace } from '@ridgeline/workspace';
import type { JobStepRow } from '../job/job-store.ts';
import { logArtifactPath, logFolder, stepFolder } from '../step/step-folder.ts';
import { type LogPart, readLogPart } from '../step/step-log.ts';

/** A part of the latest attempt's log; empty where it has printed nothing yet. */
export async function readStepLog(
  { folder, artifacts }: Workspace,
  { job_id: jobId, step_name: stepName, run_id: runId, attempt }: JobStepRow,
  offset: number,
): Promise<LogPart> {
  const empty = { bytes: Buffer.alloc(0), nextOffset: offset };
  if (runId === null) return empty;
  const live = await readLogPart(stepFolder(folder, jobId, stepName, attempt).log, offset);
  if (live !== null) return live;
  const kept = await artifacts.list(runId, logFolder).catch(() => []);
  if (!kept.some(({ path }) => path === logArtifactPath)) return empty;
  return (await readLogPart(await artifacts.localPath(runId, logArtifactPath), offset)) ?? empty;
}
