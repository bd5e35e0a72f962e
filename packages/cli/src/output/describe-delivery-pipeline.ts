// Delivery pipelines and what their triggers have seen, as people read them.
import type { DeliveryPipeline, TriggerEvent, TriggerState } from '@ridgeline/client';
import { style } from './style.ts';
import { formatCreation, formatFields, formatTable, formatTime } from './table.ts';

const nothingSeen: TriggerState = { watchedSince: null, events: [], error: null };

export function describeDeliveryPipeline(
  pipeline: DeliveryPipeline,
  { watchedSince, events, error } = nothingSeen,
): string {
  const { repository } = pipeline;
  const fields: Array<readonly [string, string]> = [
    ['delivery pipeline', pipeline.name],
    ['status', pipeline.enabled ? style.green('enabled') : style.yellow('disabled')],
    ['repository', repository.location],
    ['branch', repository.branch],
    ['file', pipeline.yamlPath],
    ...Object.entries(pipeline.repositories).map(
      ([alias, { location }]) => [`repository ${alias}`, location] as const,
    ),
    ...pipeline.variables.map(
      ({ name, value, isSecret }) => [`variable ${name}`, isSecret ? '***' : value] as const,
    ),
    ['builds kept', String(pipeline.keepBuilds)],
    ['forks', pipeline.buildForks ? 'built, without secrets' : 'not built'],
    ...(pipeline.hookSecretAt === null
      ? []
      : [['takes hooks since', formatTime(pipeline.hookSecretAt)] as const]),
    ['created', formatCreation(pipeline)],
    ...(watchedSince === null ? [] : [['watched since', formatTime(watchedSince)] as const]),
    ...(error === null ? [] : [['problem', `${error.code}: ${error.message}`] as const]),
  ];
  const table = events.length === 0 ? '' : `\n\n${describeTriggerEvents(events)}`;
  return `${formatFields(fields)}${table}`;
}

export function describeDeliveryPipelineList(pipelines: readonly DeliveryPipeline[]): string {
  const rows = pipelines.map(({ name, repository, yamlPath, enabled }) => [
    name,
    repository.location,
    repository.branch,
    yamlPath,
    enabled ? 'enabled' : 'disabled',
  ]);
  return formatTable(['PIPELINE', 'REPOSITORY', 'BRANCH', 'FILE', 'STATUS'], rows);
}

function describeTriggerEvents(events: readonly TriggerEvent[]): string {
  const rows = events.map(({ notedAt, status, buildId, why, error }) => [
    formatTime(notedAt),
    status,
    buildId ?? '-',
    error === null ? why : `${error.code}: ${error.message.split('\n')[0]}`,
  ]);
  return formatTable(['TRIGGERED', 'STATUS', 'BUILD', 'WHY'], rows);
}
