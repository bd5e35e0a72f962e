// The port to what schedules start, and its adapter: jobs of the engine, and beside them published
// pipelines.
import type { Workspace } from '@ridgeline/workspace';
import type { JobEngine } from '../engine/job-engine.ts';
import { JobError } from '../errors.ts';
import { hasEnded } from '../job/job.ts';
import { resolveSubmission } from '../submission/resolve-submission.ts';
import type { JobSubmission, SubmittedBy } from '../submission/submission.ts';
import type { InputValue, ScheduleStart } from './schedule.ts';

/** The property by which a job knows the schedule that has started it. */
export const scheduleProperty = 'ridgeline.schedule';

export interface StartRequest {
  readonly schedule: string;
  readonly start: ScheduleStart;
  readonly inputs: Readonly<Record<string, InputValue>>;
  readonly experimentName: string | null;
}

export interface JobStarter {
  /** @throws what starting it would throw, as far as that can be told before. */
  check(request: StartRequest): Promise<void>;
  /** Starts a job with the id of `by`, or finds that it is there already. */
  start(
    request: StartRequest,
    by: Required<Omit<SubmittedBy, 'mayUse' | 'managerId'>>,
  ): Promise<void>;
  stateOf(jobId: string): Promise<'none' | 'open' | 'ended'>;
}

/** The same for published pipelines alone. */
export type PipelineStarter = Pick<JobStarter, 'check' | 'start'>;

export function jobStarter(
  workspace: Workspace,
  engine: JobEngine,
  pipelines: PipelineStarter | null,
): JobStarter {
  const starterOf = ({ start }: StartRequest) => {
    if (start.job !== undefined) return null;
    if (pipelines !== null) return pipelines;
    throw new JobError('SCHEDULE_INVALID', 'no pipeline is published here; schedule a job');
  };
  return {
    async check(request) {
      const other = starterOf(request);
      if (other !== null) await other.check(request);
      else await resolveSubmission(workspace, submissionOf(request));
    },

    async start(request, by) {
      const other = starterOf(request);
      if (other !== null) await other.start(request, by);
      else await engine.submit(submissionOf(request), by);
    },

    async stateOf(jobId) {
      try {
        return hasEnded((await engine.get(jobId)).status) ? 'ended' : 'open';
      } catch (error) {
        if (error instanceof JobError && error.code === 'JOB_NOT_FOUND') return 'none';
        throw error;
      }
    },
  };
}

function submissionOf({ schedule, start, inputs, experimentName }: StartRequest): JobSubmission {
  if (start.job === undefined) throw new Error('this starts no job of its own');
  return {
    ...start.job,
    inputs: { ...start.job.inputs, ...inputs },
    properties: { ...start.job.properties, [scheduleProperty]: schedule },
    ...(experimentName !== null && { experimentName }),
  };
}
