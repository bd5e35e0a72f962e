// Carries out a firing that was written down: one job, whatever happens in between. The job has the
// firing's own id, so that a server that was killed finds it again.
import { type FiringFacts, fillInputs, fillJob, fillText } from './fill-expressions.ts';
import type { JobStarter, StartRequest } from './job-starter.ts';
import type { ScheduleDefinition } from './schedule.ts';
import { isPassing, toScheduleError } from './schedule-error.ts';
import type { FiringRow, ScheduleRow, ScheduleStore } from './schedule-store.ts';

export interface CarryOutContext {
  readonly store: ScheduleStore;
  readonly starter: JobStarter;
  readonly report: (schedule: string, error: unknown) => void;
}

export async function carryOut(context: CarryOutContext, firing: FiringRow): Promise<void> {
  const { store, starter } = context;
  const { firing_id: id, schedule_id: scheduleId } = firing;
  const schedule = await store.findById(scheduleId);
  if (schedule === null) return;
  const definition: ScheduleDefinition = JSON.parse(schedule.definition);
  if ((await starter.stateOf(id)) === 'none') {
    const running = definition.overlap === 'skip' ? await runningJob(context, scheduleId) : null;
    if (running !== null) return skip(store, firing, running);
    if (!(await start(context, schedule, definition, firing))) return;
  }
  await store.updateFiring(id, { status: 'Submitted', job_id: id });
}

// False where it was not started; why stands with the firing, or it is tried again.
async function start(
  { store, starter, report }: CarryOutContext,
  { name, created_by: submittedBy }: ScheduleRow,
  definition: ScheduleDefinition,
  { firing_id: jobId, due_at, facts }: FiringRow,
): Promise<boolean> {
  const dueAt = new Date(due_at).toISOString();
  const request = startRequest(definition, { name, dueAt, facts: JSON.parse(facts) });
  try {
    await starter.start(request, { jobId, submittedBy, source: `schedule:${name}` });
    return true;
  } catch (error) {
    if (isPassing(error)) return false;
    const { code, message } = toScheduleError(error, (cause) => report(name, cause));
    const failed = { status: 'Failed', error_code: code, error_message: message } as const;
    await store.updateFiring(jobId, failed);
    return false;
  }
}

export function startRequest(definition: ScheduleDefinition, facts: FiringFacts): StartRequest {
  const { start, inputs, experimentName } = definition;
  return {
    schedule: facts.name,
    start: start.job === undefined ? start : { job: fillJob(start.job, facts) },
    inputs: fillInputs(inputs, facts),
    experimentName: experimentName === null ? null : fillText(experimentName, facts),
  };
}

async function runningJob(
  { store, starter }: CarryOutContext,
  scheduleId: string,
): Promise<string | null> {
  const last = await store.lastJobId(scheduleId);
  return last !== null && (await starter.stateOf(last)) === 'open' ? last : null;
}

async function skip(store: ScheduleStore, firing: FiringRow, running: string): Promise<void> {
  const reason = `${firing.reason}; left out, as job ${running} of the time before still runs`;
  await store.updateFiring(firing.firing_id, { status: 'Skipped', reason });
}
