// The trigger of builds. Nobody looks for them: who has run a build tells the schedules.
import type { BuildEvent, BuildTrigger } from '../trigger.ts';
import type { Happening, Watch } from './watch.ts';

export const buildWatch: Watch<BuildTrigger, null> = {
  async begin() {
    return null;
  },
  async look() {
    return { happenings: [], cursor: null };
  },
  wakeAt: () => null,
};

/** Null where the build is none that the trigger waits for. */
export function buildHappening(
  trigger: BuildTrigger,
  { id, name, status, branch }: BuildEvent,
  now: number,
): Happening | null {
  const isOfBranch = trigger.branch === null || trigger.branch === branch;
  if (trigger.name !== name || !isOfBranch || !trigger.status.includes(status)) return null;
  return {
    key: `build:${id}`,
    dueAt: now,
    reason: `build ${id} of ${name} has ${status === 'succeeded' ? 'succeeded' : `ended as ${status}`}`,
    facts: { build: id, branch, status },
  };
}
