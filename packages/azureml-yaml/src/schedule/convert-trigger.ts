// The trigger of a schedule: cron or recurrence, and the span in which it counts.
import { mapAt, numberAt, stringAt, stringTokenAt, valueAt } from '../convert/read-token.ts';
import type { DiagnosticSink } from '../diagnostic/diagnostic-sink.ts';
import { shorten } from '../diagnostic/did-you-mean.ts';
import type { MapToken, Token } from '../text/token.ts';
import { cronProblem } from './check-cron.ts';
import {
  type RecurrencePattern,
  recurrenceFrequencies,
  type ScheduleDefinition,
  weekDays,
} from './schedule-definition.ts';

type Trigger = ScheduleDefinition['trigger'];

export function convertTrigger(map: MapToken | null, sink: DiagnosticSink): Trigger {
  const span = {
    startTime: timeAt(map, 'start_time', sink),
    endTime: timeAt(map, 'end_time', sink),
    timeZone: timeZoneAt(map, sink),
  };
  checkSpan(map, span, sink);
  if (stringAt(map, 'type')?.toLowerCase() === 'recurrence') {
    const frequency = stringAt(map, 'frequency')?.toLowerCase();
    return {
      type: 'recurrence',
      frequency: recurrenceFrequencies.find((known) => known === frequency) ?? 'day',
      interval: numberAt(map, 'interval') ?? 1,
      ...span,
      pattern: patternOf(mapAt(map, 'schedule') ?? mapAt(map, 'pattern')),
    };
  }
  return { type: 'cron', expression: expressionAt(map, sink), ...span };
}

function expressionAt(map: MapToken | null, sink: DiagnosticSink): string {
  const token = stringTokenAt(map, 'expression');
  const problem = token === null ? null : cronProblem(token.value);
  if (token !== null && problem !== null) {
    const message = `'${shorten(token.value)}' is no cron expression: ${problem}; write it as '30 6 * * 1-5'`;
    sink.report('VALUE_NOT_ALLOWED', token.offset, message);
  }
  return token?.value ?? '';
}

function patternOf(map: MapToken | null): RecurrencePattern | null {
  if (map === null) return null;
  const days = values(map, 'week_days').map((day) => String(day).toLowerCase());
  return {
    hours: values(map, 'hours').filter(isNumber),
    minutes: values(map, 'minutes').filter(isNumber),
    weekDays: weekDays.filter((day) => days.includes(day)),
    monthDays: values(map, 'month_days').filter(isNumber),
  };
}

function values(map: MapToken, key: string): unknown[] {
  const token = valueAt(map, key);
  if (token === null) return [];
  const items: readonly Token[] = token.kind === 'list' ? token.items : [token];
  return items.map((item) => (item.kind === 'scalar' ? item.value : null));
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number';
}

const time = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?)?\s?(?:Z|[+-]\d\d:?\d\d)?$/i;

function timeAt(map: MapToken | null, key: string, sink: DiagnosticSink): string | null {
  const token = stringTokenAt(map, key);
  if (token === null) return null;
  const isTime = time.test(token.value) && !Number.isNaN(Date.parse(token.value.replace(' ', 'T')));
  if (isTime) return token.value;
  const message = `'${key}: ${shorten(token.value)}' is no time; write it as '2026-07-01T08:00:00'`;
  sink.report('VALUE_NOT_ALLOWED', token.offset, message);
  return null;
}

function checkSpan(
  map: MapToken | null,
  { startTime, endTime }: { startTime: string | null; endTime: string | null },
  sink: DiagnosticSink,
): void {
  if (startTime === null || endTime === null) return;
  if (Date.parse(startTime.replace(' ', 'T')) < Date.parse(endTime.replace(' ', 'T'))) return;
  const offset = valueAt(map, 'end_time')?.offset ?? 0;
  sink.report('VALUE_OUT_OF_RANGE', offset, "'end_time' must be after 'start_time'; correct one");
}

function timeZoneAt(map: MapToken | null, sink: DiagnosticSink): string {
  const token = stringTokenAt(map, 'time_zone') ?? stringTokenAt(map, 'timezone');
  if (token === null) return 'UTC';
  if (isTimeZone(token.value)) return token.value;
  const message = `'${shorten(token.value)}' is no time zone; write one such as 'Europe/Berlin' or 'Pacific Standard Time'`;
  sink.report('VALUE_NOT_ALLOWED', token.offset, message);
  return 'UTC';
}

/** Which Windows names there are is known to who computes the times; their shape is told here. */
function isTimeZone(name: string): boolean {
  if (/^[A-Za-z0-9 .]+ Standard Time(?: \((?:Mexico|Brazil)\))?$|^UTC[+-]\d\d$/.test(name))
    return true;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch (cause) {
    if (cause instanceof RangeError) return false;
    throw cause;
  }
}
