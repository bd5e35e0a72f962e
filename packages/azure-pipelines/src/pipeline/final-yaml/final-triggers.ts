// Triggers as the final YAML has them: always in their full form.

import type { Filters, PullRequestTrigger, PushTrigger, Schedule } from '../../trigger/trigger.ts';
import { list, listUnlessEmpty, mapping, type Written } from './final-document.ts';

export function writtenPushTrigger(trigger: PushTrigger): Written {
  if (!trigger.enabled) return { kind: 'text', text: 'none' };
  const { batch, branches, paths, tags } = trigger;
  return mapping([
    ['batch', batch],
    ['branches', writtenFilters(branches)],
    ['paths', writtenFilters(paths)],
    ['tags', writtenFilters(tags)],
  ]);
}

export function writtenPullRequestTrigger(trigger: PullRequestTrigger): Written {
  if (!trigger.enabled) return { kind: 'text', text: 'none' };
  const { autoCancel, branches, paths, drafts } = trigger;
  return mapping([
    ['autoCancel', autoCancel],
    ['branches', writtenFilters(branches)],
    ['paths', writtenFilters(paths)],
    ['drafts', drafts],
  ]);
}

export function writtenSchedules(schedules: readonly Schedule[]): Written | undefined {
  if (schedules.length === 0) return undefined;
  return list(
    schedules.map(({ cron, displayName, branches, batch, always, origin }) =>
      mapping(
        [
          ['cron', cron],
          ['displayName', displayName],
          ['branches', writtenFilters(branches)],
          ['batch', batch ? true : undefined],
          ['always', always ? true : undefined],
        ],
        origin,
      ),
    ),
  );
}

/** Undefined where nothing is filtered. */
export function writtenFilters({ include, exclude }: Filters): Written | undefined {
  if (include.length + exclude.length === 0) return undefined;
  return mapping([
    ['include', listUnlessEmpty(include)],
    ['exclude', listUnlessEmpty(exclude)],
  ]);
}
