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
  type Verdict,
} from './job/job.ts';
export type { JobFilter } from './job/job-store.ts';
export { verdictTag } from './job/verdict.ts';
export { logArtifactPath, outputArtifactPath } from './step/step-folder.ts';
export type { LogPart } from './step/step-log.ts';
export type { JobSubmission, ResolvedInput } from './submission/submission.ts';
