// What a job on its own and a step both say: labels, compute, priority, retries.
import type { DiagnosticSink } from '../diagnostic/diagnostic-sink.ts';
import { shorten } from '../diagnostic/did-you-mean.ts';
import { type Priority, priorities, type RetryPolicy, type WorkFields } from '../job/step-types.ts';
import type { Token } from '../text/token.ts';
import { resourceNameAt } from './check-strings.ts';
import { booleanAt, entriesAt, mapAt, numberAt, stringAt, textMapAt } from './read-token.ts';

const defaultRetry: RetryPolicy = { maxRetries: 0, backoffSeconds: 10 };

/** `component`: what says it where the token itself does not. */
export function convertWorkFields(
  token: Token,
  component: Token | null,
  sink: DiagnosticSink,
): WorkFields {
  return {
    displayName: stringAt(token, 'display_name') ?? stringAt(component, 'display_name'),
    description: stringAt(token, 'description') ?? stringAt(component, 'description'),
    tags: new Map([...textMapAt(component, 'tags'), ...textMapAt(token, 'tags')]),
    properties: textMapAt(token, 'properties'),
    compute: resourceNameAt(token, 'compute', sink),
    environmentVariables: textMapAt(token, 'environment_variables'),
    priority: priorityAt(token),
    retry: retryAt(token, sink),
    isDeterministic: booleanAt(component, 'is_deterministic') ?? true,
    instanceCount:
      numberAt(mapAt(token, 'resources'), 'instance_count') ??
      numberAt(mapAt(component, 'resources'), 'instance_count') ??
      1,
  };
}

function priorityAt(token: Token): Priority {
  const text = stringAt(mapAt(token, 'queue_settings'), 'priority');
  return priorities.find((priority) => priority === text?.toLowerCase()) ?? 'medium';
}

function retryAt(token: Token, sink: DiagnosticSink): RetryPolicy {
  return {
    maxRetries: countAt(token, 'ridgeline.max_retries', 20, sink) ?? defaultRetry.maxRetries,
    backoffSeconds:
      countAt(token, 'ridgeline.retry_backoff_seconds', 600, sink) ?? defaultRetry.backoffSeconds,
  };
}

/** A whole number among the properties, which are texts to Azure ML. */
function countAt(token: Token, key: string, maximum: number, sink: DiagnosticSink): number | null {
  const value = entriesAt(token, 'properties').get(key)?.value;
  if (value === undefined) return null;
  const text = value.kind === 'scalar' ? value.text : '';
  if (/^\d{1,4}$/.test(text) && Number(text) <= maximum) return Number(text);
  const message = `property '${key}' must be a whole number from 0 to ${maximum}, and is '${shorten(text)}'`;
  sink.report('VALUE_OUT_OF_RANGE', value.offset, message);
  return null;
}
