export type { EngineLimits } from './engine/engine-context.ts';
export { JobEngine, type JobEngineOptions } from './engine/job-engine.ts';
export { datasetTag } from './engine/lineage.ts';
export { JobError, type JobErrorCode } from './errors.ts';
export {
  hasEnded,
  type Job,
  type JobFailure,
  type JobFailureCode,
  type JobStatus,
  type JobStep,
  jobStatuses,
  type StepPriority,
  type StepType,
  type Verdict,
} from './job/job.ts';
export type { JobFilter } from './job/job-store.ts';
export { verdictTag } from './job/verdict.ts';
export type { PipelineEndpoints } from './published/pipeline-endpoints.ts';
export {
  type NewPipelineEndpoint,
  type PipelineEndpoint,
  type PipelineEndpointVersion,
  type PipelineFilter,
  type PipelineParameter,
  type PipelineStart,
  type Publication,
  type PublishedPipeline,
  type PublishedStatus,
  pipelineEndpointIdProperty,
  pipelineIdProperty,
  publishedStatuses,
  type Starter,
} from './published/published-pipeline.ts';
export {
  PublishedPipelines,
  type PublishedPipelinesOptions,
} from './published/published-pipelines.ts';
export { type RecordedStart, recordedStart, startProperty } from './published/recorded-start.ts';
export type { RootWrite } from './reuse/root-write.ts';
export { reusedFromTag } from './reuse/take-result.ts';
export type { AttemptIdentity, StepRunner, StepStart } from './runner/step-runner.ts';
export { triggerTypes } from './schedules/fill-trigger.ts';
export {
  type CatchUp,
  catchUps,
  type Firing,
  type FiringStatus,
  firingStatuses,
  type Overlap,
  overlaps,
  type Schedule,
  type ScheduleDetails,
  type ScheduleSpec,
  type ScheduleStart,
  type TriggerSpec,
} from './schedules/schedule.ts';
export type { ScheduleClock } from './schedules/schedule-clock.ts';
export { Schedules, type SchedulesOptions } from './schedules/schedules.ts';
export {
  type BuildEvent,
  type BuildStatus,
  buildStatuses,
  frequencies,
  type RecurrencePattern,
  type Trigger,
  weekDays,
} from './schedules/trigger.ts';
export { logArtifactPath, outputArtifactPath } from './step/step-folder.ts';
export type { LogPart } from './step/step-log.ts';
export type {
  JobSubmission,
  JobUses,
  ResolvedInput,
  SubmittedBy,
  SubmittedComponent,
} from './submission/submission.ts';
