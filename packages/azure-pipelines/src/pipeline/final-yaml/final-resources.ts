// Resources as the final YAML has them.

import type {
  CompletionTrigger,
  Container,
  OtherResource,
  PipelineResource,
  RepositoryResource,
  Resources,
  WebhookResource,
} from '../resources.ts';
import { listUnlessEmpty, mapping, type Written } from './final-document.ts';
import { containerKeys } from './final-shared.ts';
import { writtenFilters, writtenPushTrigger } from './final-triggers.ts';

export function writtenResources(resources: Resources): Written | undefined {
  const { repositories, pipelines, containers, builds, packages, webhooks } = resources;
  const written = mapping([
    ['repositories', listUnlessEmpty(repositories.map(writtenRepository))],
    ['pipelines', listUnlessEmpty(pipelines.map(writtenPipeline))],
    ['containers', listUnlessEmpty(containers.map(writtenContainerResource))],
    ['builds', listUnlessEmpty(builds.map((one) => writtenOther(one, 'build')))],
    ['packages', listUnlessEmpty(packages.map((one) => writtenOther(one, 'package')))],
    ['webhooks', listUnlessEmpty(webhooks.map(writtenWebhook))],
  ]);
  return written.entries.length === 0 ? undefined : written;
}

function writtenRepository(repository: RepositoryResource): Written {
  const { alias, type, name, ref, endpoint, trigger, origin } = repository;
  return mapping(
    [
      ['repository', { text: alias, origin }],
      ['type', type],
      ['name', name],
      ['ref', ref],
      ['endpoint', endpoint],
      ['trigger', trigger && writtenPushTrigger(trigger)],
    ],
    origin,
  );
}

function writtenPipeline(pipeline: PipelineResource): Written {
  const { alias, source, project, version, branch, tags, trigger, origin } = pipeline;
  return mapping(
    [
      ['pipeline', { text: alias, origin }],
      ['project', project],
      ['source', source],
      ['version', version],
      ['branch', branch],
      ['tags', listUnlessEmpty(tags)],
      ['trigger', trigger && writtenCompletionTrigger(trigger)],
    ],
    origin,
  );
}

function writtenCompletionTrigger({ branches, tags, stages }: CompletionTrigger): Written {
  const written = mapping([
    ['branches', branches && (writtenFilters(branches) ?? mapping([]))],
    ['tags', listUnlessEmpty(tags)],
    ['stages', listUnlessEmpty(stages)],
  ]);
  return written.entries.length === 0 ? { kind: 'text', text: 'true' } : written;
}

function writtenContainerResource(container: Container): Written {
  const { alias, trigger, origin } = container;
  const tags = trigger?.tags && (writtenFilters(trigger.tags) ?? mapping([]));
  const written = trigger && (tags ? mapping([['tags', tags]]) : 'true');
  const keys = containerKeys(container);
  return mapping(
    [['container', { text: alias ?? '', origin }], ...keys, ['trigger', written]],
    origin,
  );
}

function writtenOther(
  { alias, type, properties, origin }: OtherResource,
  keyword: string,
): Written {
  return mapping([[keyword, { text: alias, origin }], ['type', type], ...properties], origin);
}

function writtenWebhook({ alias, connection, type, filters, origin }: WebhookResource): Written {
  const written = filters.map(({ path, value }) =>
    mapping([
      ['path', path],
      ['value', value],
    ]),
  );
  return mapping(
    [
      ['webhook', { text: alias, origin }],
      ['connection', connection],
      ['type', type],
      ['filters', listUnlessEmpty(written)],
    ],
    origin,
  );
}
