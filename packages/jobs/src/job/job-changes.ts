// What is told of a change to a job or to one of its steps.
import type { Change } from '@ridgeline/workspace';
import type { JobStepTable, JobTable } from './job-tables.ts';

type JobFields = Pick<JobTable, 'job_id' | 'experiment_id' | 'status'>;

export function jobCreated({ job_id, experiment_id, status }: JobFields): Change {
  const about = { jobId: job_id, experimentId: experiment_id, status };
  return { kind: 'job', action: 'created', ...about };
}

export function jobChanged(jobId: string, { status }: Partial<JobTable>): Change {
  return { kind: 'job', action: 'updated', jobId, ...(status !== undefined && { status }) };
}

export function stepChanged(
  jobId: string,
  step: string,
  { status, attempt, run_id: runId }: Partial<JobStepTable>,
): Change {
  return {
    ...{ kind: 'step', jobId, step },
    ...(status !== undefined && { status }),
    ...(attempt !== undefined && { attempt }),
    ...(runId != null && { runId }),
  };
}
