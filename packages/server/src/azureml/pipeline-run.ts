// A run of a published pipeline as Azure ML's REST API shows it.
import {
  hasEnded,
  type Job,
  type JobStatus,
  type PublishedPipeline,
  pipelineEndpointIdProperty,
  pipelineIdProperty,
  recordedStart,
  startProperty,
} from '@ridgeline/jobs';

/** Azure's numbers. */
const statusCodes: Readonly<Record<JobStatus, number>> = {
  NotStarted: 0,
  Queued: 0,
  Running: 1,
  CancelRequested: 1,
  Completed: 2,
  Failed: 3,
  Canceled: 4,
};

const pathStart = /^azureml:\/\/datastores\/([^/]+)\/paths\/(.*)$/s;
const assetStart = 'azureml:';

/**
 * @param pipeline what it was started from; null where that is not known any more.
 * @param runUrl where the run itself can be read.
 */
export function toPipelineRun(job: Job, pipeline: PublishedPipeline | null, runUrl: string) {
  const { status } = job;
  const { [startProperty]: _start, ...properties } = job.properties;
  const start = recordedStart(job.properties);
  return {
    Id: job.id,
    PipelineRunId: job.id,
    RootPipelineRunId: job.id,
    RunUrl: runUrl,
    DisplayName: job.displayName,
    Description: start.description ?? job.description,
    Status: {
      StatusCode: statusCodes[status],
      StatusDetail: job.error?.message ?? job.cancelReason,
      CreationTime: job.createdAt,
      EndTime: job.endedAt,
    },
    // The graph of a run is that of its pipeline: neither changes.
    GraphId: properties[pipelineIdProperty] ?? job.id,
    PipelineId: properties[pipelineIdProperty] ?? null,
    PipelineEndpointId: properties[pipelineEndpointIdProperty] ?? null,
    RunHistoryExperimentName: job.experimentName,
    RunSource: start.runSource ?? 'Unavailable',
    RunType: 'HTTP',
    ...assignments(job, pipeline),
    TotalRunSteps: job.steps.length,
    ScheduleId: job.source.startsWith('schedule:') ? job.source.slice('schedule:'.length) : null,
    IsSubmitted: true,
    HasErrors: status === 'Failed',
    HasWarnings: false,
    UploadState: 1,
    Tags: job.tags,
    tags: job.tags,
    StepTags: start.stepTags ?? {},
    Properties: properties,
    StepProperties: {},
    CreatedBy: { UserObjectId: null, UserTenantId: null, UserName: job.submittedBy },
    EntityStatus: '0',
    EnforceRerun: start.forceRerun ?? false,
    DefaultCompute: null,
    DefaultDatastore: null,
    ContinueRunOnStepFailure: start.continueOnStepFailure ?? false,
    Etag: `"${job.id}-${status}"`,
    CreatedDate: job.createdAt,
    LastModifiedDate: hasEnded(status) ? job.endedAt : (job.startedAt ?? job.createdAt),
  };
}

/** The inputs as the run has used them, each in the place where Azure has its kind. */
function assignments({ inputs }: Job, pipeline: PublishedPipeline | null) {
  const literals = new Set(['string', 'number', 'integer', 'boolean']);
  const isData = new Set(
    pipeline?.parameters.filter(({ type }) => !literals.has(type)).map(({ name }) => name),
  );
  const [data, plain] = partition(Object.entries(inputs), ([name]) => isData.has(name));
  const [assets, paths] = partition(data, ([, value]) => !pathStart.test(value));
  return {
    ParameterAssignments: Object.fromEntries(plain),
    DataPathAssignments: Object.fromEntries(paths.map(([name, uri]) => [name, toDataPath(uri)])),
    DataSetDefinitionValueAssignments: Object.fromEntries(
      assets.map(([name, reference]) => [name, toDataSet(reference)]),
    ),
  };
}

function toDataPath(uri: string) {
  const [, DataStoreName = '', RelativePath = ''] = pathStart.exec(uri) ?? [];
  return { DataStoreName, RelativePath };
}

function toDataSet(reference: string) {
  return { SavedDataSetReference: { Id: reference.slice(assetStart.length) } };
}

function partition<T>(items: readonly T[], test: (item: T) => boolean): readonly [T[], T[]] {
  return [items.filter(test), items.filter((item) => !test(item))];
}
