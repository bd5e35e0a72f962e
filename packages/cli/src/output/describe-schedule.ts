// Schedules and their firings as people read them.
import type { Firing, Schedule, ScheduleDetails, TriggerSpec } from '@ridgeline/client';
import { style } from './style.ts';
import { formatFields, formatTable, formatTime } from './table.ts';

export function describeSchedule(
  schedule: ScheduleDetails,
  firings: readonly Firing[] = [],
): string {
  const { starts, nextTimes, error } = schedule;
  const version = starts.version === null ? '' : ` version ${starts.version}`;
  const fields: Array<readonly [string, string]> = [
    ['schedule', schedule.name],
    ['status', describeState(schedule)],
    ['fires', describeTrigger(schedule.trigger)],
    ['starts', `${starts.kind} ${starts.name}${version}`],
    ...Object.entries(schedule.inputs).map(
      ([key, value]) => [`input ${key}`, String(value)] as const,
    ),
    ['missed times', schedule.catchUp],
    ['overlaps', schedule.overlap],
    ...nextTimes.slice(0, 3).map((time) => ['next', formatTime(time)] as const),
    ...(error === null ? [] : [['problem', `${error.code}: ${error.message}`] as const]),
  ];
  const table = firings.length === 0 ? '' : `\n\n${describeFirings(firings)}`;
  return `${formatFields(fields)}${table}`;
}

export function describeScheduleList(schedules: readonly Schedule[]): string {
  const rows = schedules.map((schedule) => [
    schedule.name,
    describeTrigger(schedule.trigger),
    `${schedule.starts.kind} ${schedule.starts.name}`,
    formatTime(schedule.nextTime),
    schedule.enabled ? (schedule.error === null ? 'enabled' : 'failing') : 'disabled',
  ]);
  return formatTable(['SCHEDULE', 'FIRES', 'STARTS', 'NEXT', 'STATUS'], rows);
}

export function describeFirings(firings: readonly Firing[]): string {
  const rows = firings.map((firing) => [
    formatTime(firing.dueAt),
    firing.status,
    firing.jobId ?? '-',
    firing.error === null ? firing.reason : `${firing.error.code}: ${firing.error.message}`,
  ]);
  return formatTable(['DUE', 'STATUS', 'JOB', 'WHY'], rows);
}

/** What makes it fire, in a few words. */
export function describeTrigger(trigger: TriggerSpec): string {
  const zone = trigger.timeZone ?? 'UTC';
  switch (trigger.type) {
    case 'cron':
      return `at '${trigger.expression}' (${zone})`;
    case 'recurrence':
      return `every ${trigger.interval} ${trigger.frequency} (${zone})`;
    case 'data':
      return `on new files at ${trigger.path}`;
    case 'model':
      return `on ${trigger.alias ? `alias ${trigger.alias}` : 'new versions'} of model ${trigger.model}`;
    case 'job':
      return `on jobs of ${trigger.experimentName ?? trigger.displayName} (${listed(trigger.status)})`;
    case 'build':
      return `on builds of ${trigger.name} (${listed(trigger.status)})`;
  }
}

function listed(status: readonly string[] = []): string {
  return status.join(', ');
}

function describeState({ enabled, error }: Schedule): string {
  if (!enabled) return style.yellow('disabled');
  return error === null ? style.green('enabled') : style.red('failing');
}
