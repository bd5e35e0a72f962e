// A run as Azure ML's run history shows it: a job, a step of a job, or any other run.
import { type Job, type JobStatus, startProperty } from '@ridgeline/jobs';
import { parentRunTag, type Run } from '@ridgeline/workspace';

export interface RunRecord {
  readonly runId: string;
  readonly parentRunId: string | null;
  readonly rootRunId: string;
  readonly experimentId: string;
  readonly displayName: string;
  readonly status: JobStatus;
  /** UTC, ISO 8601, as are the others. */
  readonly createdUtc: string;
  readonly startTimeUtc: string | null;
  readonly endTimeUtc: string | null;
  readonly tags: Readonly<Record<string, string>>;
  readonly properties: Readonly<Record<string, string>>;
  readonly error: { readonly error: { readonly code: string; readonly message: string } } | null;
  readonly submittedBy: string;
  /** The compute of a step; null for what has none of its own. */
  readonly target: string | null;
}

const statuses: Readonly<Record<Run['info']['status'], JobStatus>> = {
  SCHEDULED: 'Queued',
  RUNNING: 'Running',
  FINISHED: 'Completed',
  FAILED: 'Failed',
  KILLED: 'Canceled',
};

export function ofJob(job: Job, runTags: Readonly<Record<string, string>> = {}): RunRecord {
  return {
    runId: job.id,
    parentRunId: runTags[parentRunTag] ?? null,
    rootRunId: job.id,
    experimentId: job.experimentId,
    displayName: job.displayName,
    status: job.status,
    createdUtc: job.createdAt,
    startTimeUtc: job.startedAt,
    endTimeUtc: job.endedAt,
    tags: { ...publicTags(runTags), ...job.tags },
    properties: withoutStart(job.properties),
    error: job.error === null ? null : { error: job.error },
    submittedBy: job.submittedBy,
    target: null,
  };
}

export function ofRun({ info, data }: Run): RunRecord {
  const tags = tagsOf(data);
  const parentRunId = tags[parentRunTag] ?? null;
  const startTimeUtc = new Date(info.start_time).toISOString();
  const { end_time: end } = info;
  return {
    runId: info.run_id,
    parentRunId,
    rootRunId: parentRunId ?? info.run_id,
    experimentId: info.experiment_id,
    displayName: info.run_name,
    status: statuses[info.status],
    createdUtc: startTimeUtc,
    startTimeUtc,
    endTimeUtc: end === undefined ? null : new Date(end).toISOString(),
    tags: publicTags(tags),
    properties: {},
    error: null,
    submittedBy: info.user_id,
    target: null,
  };
}

export function ofStep(job: Job, step: Job['steps'][number], run: Run): RunRecord {
  return {
    ...ofRun(run),
    parentRunId: makerOf(job, step)?.runId ?? job.id,
    rootRunId: job.id,
    displayName: step.displayName,
    status: step.status,
    startTimeUtc: step.startedAt,
    endTimeUtc: step.endedAt,
    properties: { 'azureml.stepname': step.name, 'azureml.pipelinerunid': job.id },
    error: step.error === null ? null : { error: step.error },
    submittedBy: job.submittedBy,
    target: step.compute,
  };
}

/** The sweep or loop that has made the step; none for a step of the definition. */
function makerOf(job: Job, { parent }: Job['steps'][number]): Job['steps'][number] | undefined {
  return parent === null ? undefined : job.steps.find(({ name }) => name === parent);
}

export function tagsOf({ tags }: Run['data']): Readonly<Record<string, string>> {
  return Object.fromEntries(tags.map(({ key, value }) => [key, value]));
}

/** What a start gave is shown by the run of the pipeline itself. */
function withoutStart(properties: Job['properties']): Job['properties'] {
  return Object.fromEntries(Object.entries(properties).filter(([name]) => name !== startProperty));
}

/** Those that people and their steps have given; MLflow's own are of no use here. */
function publicTags(tags: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(tags).filter(([key]) => !key.startsWith('mlflow.')));
}
