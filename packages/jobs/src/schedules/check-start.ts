// Whether what a schedule starts could be started, told before it first fires: with facts such as its
// trigger will have.
import { startRequest } from './carry-out.ts';
import type { JobStarter } from './job-starter.ts';
import type { ScheduleDefinition } from './schedule.ts';
import type { Trigger } from './trigger.ts';

/** @throws what starting it would throw, as far as that can be told before. */
export async function checkStart(
  starter: JobStarter,
  name: string,
  definition: ScheduleDefinition,
  now: number,
): Promise<void> {
  const { trigger } = definition;
  const dueAt = new Date(now).toISOString();
  const facts = sampleFacts(trigger);
  try {
    await starter.check(startRequest(definition, { name, dueAt, facts }));
  } catch (error) {
    // The files that it waits for may be yet to come.
    const isMissing = (error as { code?: unknown }).code === 'DATASTORE_FILE_NOT_FOUND';
    if (trigger.type !== 'data' || !isMissing) throw error;
  }
}

function sampleFacts(trigger: Trigger): Readonly<Record<string, string>> {
  switch (trigger.type) {
    case 'cron':
    case 'recurrence':
      return {};
    case 'data':
      return { path: trigger.path };
    case 'model':
      return { model: trigger.model, version: '1' };
    case 'job':
      return { job: '0'.repeat(32), status: trigger.status[0] ?? '' };
    case 'build':
      return { build: '1', branch: trigger.branch ?? 'main', status: trigger.status[0] ?? '' };
  }
}
