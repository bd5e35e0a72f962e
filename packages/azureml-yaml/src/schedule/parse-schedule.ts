// The reader of schedules.
import { stringify } from 'yaml';
import { resourceNameAt } from '../convert/check-strings.ts';
import { Components } from '../convert/components.ts';
import { convertComponent } from '../convert/convert-component.ts';
import {
  booleanAt,
  mapAt,
  stringAt,
  stringTokenAt,
  textMapAt,
  valueAt,
} from '../convert/read-token.ts';
import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { DiagnosticSink } from '../diagnostic/diagnostic-sink.ts';
import { shorten } from '../diagnostic/did-you-mean.ts';
import { type ComponentOptions, checkJobToken } from '../job/parse-job.ts';
import type { LiteralValue } from '../job/port-types.ts';
import { parseFile } from '../parse-file.ts';
import { checkSchema } from '../schema/check-schema.ts';
import { describe } from '../schema/describe.ts';
import { scheduledJobSchema, scheduleSchema } from '../schema/schedule-schema.ts';
import { plainMap } from '../text/plain-value.ts';
import type { MapToken } from '../text/token.ts';
import { convertTrigger } from './convert-trigger.ts';
import type { ScheduleDefinition, ScheduledJob } from './schedule-definition.ts';

export interface ParsedSchedule {
  /** Null when any diagnostic is an error. */
  readonly schedule: ScheduleDefinition | null;
  /** In the order of the file. */
  readonly diagnostics: readonly Diagnostic[];
  /** As `parseJob` has it, of a job that stands in the schedule itself. */
  readonly missingComponents: readonly string[];
}

/** Reads `schedule.schema.json`. Never throws on any text. */
export function parseSchedule(text: string, options: ComponentOptions): ParsedSchedule {
  const components = new Components(options.components, convertComponent);
  const reader = {
    schema: scheduleSchema,
    convert: (root: MapToken, sink: DiagnosticSink) => convertSchedule(root, sink, components),
  };
  const { result, diagnostics } = parseFile(text, options, 'schedule', () => reader);
  return { schedule: result, diagnostics, missingComponents: components.missing };
}

const nothing: ScheduledJob = { kind: 'file', path: '' };

function convertSchedule(
  root: MapToken,
  sink: DiagnosticSink,
  components: Components,
): ScheduleDefinition {
  const action = mapAt(root, 'create_job');
  const overrides = action?.entries.has('job') ? action : null;
  if (overrides !== null) checkSchema(overrides, scheduledJobSchema, 'create_job', sink);
  return {
    name: stringAt(root, 'name') ?? '',
    displayName: stringAt(root, 'display_name'),
    description: stringAt(root, 'description'),
    tags: textMapAt(root, 'tags'),
    trigger: convertTrigger(mapAt(root, 'trigger'), sink),
    job: scheduledJob(root, action, overrides, sink, components),
    inputs: overrides === null ? new Map() : inputsOf(overrides),
    experimentName: stringAt(overrides, 'experiment_name'),
    settings: settingsOf(mapAt(overrides, 'settings'), sink),
    jobTags: textMapAt(overrides, 'tags'),
  };
}

function settingsOf(map: MapToken | null, sink: DiagnosticSink): ScheduleDefinition['settings'] {
  return {
    defaultCompute: resourceNameAt(map, 'default_compute', sink),
    continueOnStepFailure: booleanAt(map, 'continue_on_step_failure'),
    forceRerun: booleanAt(map, 'force_rerun'),
  };
}

function scheduledJob(
  root: MapToken,
  action: MapToken | null,
  overrides: MapToken | null,
  sink: DiagnosticSink,
  components: Components,
): ScheduledJob {
  if (overrides !== null) return namedJob(overrides, 'job', sink);
  if (action !== null) {
    checkJobToken(action, sink, components);
    return { kind: 'inline', text: stringify(plainMap(action)) };
  }
  return namedJob(root, 'create_job', sink);
}

function namedJob(map: MapToken, key: string, sink: DiagnosticSink): ScheduledJob {
  const token = stringTokenAt(map, key);
  if (token === null) {
    const value = valueAt(map, key);
    if (value === null || key === 'job') return nothing;
    const message = `'${key}' must be a job's file, 'azureml:NAME' or a mapping, and is ${describe(value)}; write one of them`;
    sink.report('VALUE_WRONG_TYPE', value.offset, message);
    return nothing;
  }
  const text = token.value;
  if (/^azureml:[A-Za-z0-9][A-Za-z0-9_-]*$/.test(text)) {
    return { kind: 'registered', reference: text };
  }
  const path = text.replace(/^file:(?:\/\/)?/, '');
  if (path.trim() !== '' && !/^[A-Za-z][A-Za-z0-9+.-]+:/.test(path)) return { kind: 'file', path };
  const message = `'${key}: ${shorten(text)}' is no job; write the path of its file or 'azureml:NAME'`;
  sink.report('VALUE_NOT_ALLOWED', token.offset, message);
  return nothing;
}

/** Data is given by its path, all else by its value. */
function inputsOf(overrides: MapToken): Map<string, LiteralValue> {
  const values = new Map<string, LiteralValue>();
  for (const { key, value } of mapAt(overrides, 'inputs')?.entries.values() ?? []) {
    const given =
      value.kind === 'map'
        ? (valueAt(value, 'path') ?? valueAt(value, 'value') ?? valueAt(value, 'default'))
        : value;
    if (given?.kind === 'scalar' && given.value !== null) values.set(key, given.value);
  }
  return values;
}
