// `resources` of all kinds, by alias.

import type { DiagnosticSink } from '../../diagnostic/diagnostic-sink.ts';
import { shorten } from '../../diagnostic/did-you-mean.ts';
import { booleanOf } from '../../schema/read-word.ts';
import { type Entry, type MappingNode, type Node, textOf } from '../../text/node.ts';
import type {
  CompletionTrigger,
  OtherResource,
  PipelineResource,
  RepositoryResource,
  Resources,
  WebhookResource,
} from '../resources.ts';
import { convertContainerResource } from './convert-container.ts';
import { convertFilters, convertPushTrigger } from './convert-trigger.ts';
import {
  entriesOf,
  flagAt,
  mappingAt,
  mappingsAt,
  nodeAt,
  present,
  textAt,
  textsAt,
  wordsAt,
} from './read-node.ts';

const noResources: MappingNode = {
  kind: 'mapping',
  entries: [],
  origin: { file: '', line: 1, column: 1 },
};

export function convertResources(root: MappingNode, sink: DiagnosticSink): Resources {
  const node = mappingAt(root, 'resources') ?? noResources;
  const kinds = { repositories: 'repository', pipelines: 'pipeline', containers: 'container' };
  const more = { builds: 'build', packages: 'package', webhooks: 'webhook' };
  for (const [list, keyword] of Object.entries({ ...kinds, ...more })) {
    checkAliases(mappingsAt(node, list), keyword, sink);
  }
  const old = mappingsAt(root, 'resources').filter((item) => item !== node);
  return {
    repositories: [
      ...old.flatMap((item) => oldRepository(item)),
      ...mappingsAt(node, 'repositories').flatMap((item) => repositoryOf(item, sink)),
    ],
    pipelines: mappingsAt(node, 'pipelines').flatMap(pipelineOf),
    containers: mappingsAt(node, 'containers').flatMap(
      (item) => convertContainerResource(item, sink) ?? [],
    ),
    builds: mappingsAt(node, 'builds').flatMap((item) => otherOf(item, 'build')),
    packages: mappingsAt(node, 'packages').flatMap((item) => otherOf(item, 'package')),
    webhooks: mappingsAt(node, 'webhooks').flatMap(webhookOf),
  };
}

function checkAliases(items: readonly MappingNode[], keyword: string, sink: DiagnosticSink): void {
  const seen = new Set<string>();
  for (const alias of items.flatMap((item) => textAt(item, keyword) ?? [])) {
    const folded = alias.text.toLowerCase();
    if (seen.has(folded)) {
      const message = `Two ${keyword} resources have the alias "${shorten(alias.text)}". Rename one.`;
      sink.report('NAME_TAKEN', alias.origin, message);
    }
    seen.add(folded);
  }
}

/** What stands beside `- repo: self` of the oldest files: options of the checkout. */
export function oldCheckoutOptions(root: MappingNode): readonly Entry[] {
  const item = mappingsAt(root, 'resources').find((one) => textAt(one, 'repo')?.text === 'self');
  return item?.entries.filter(({ key }) => key.text !== 'repo') ?? [];
}

function oldRepository(item: MappingNode): readonly RepositoryResource[] {
  const alias = textAt(item, 'repo');
  return alias === undefined ? [] : [{ alias: alias.text, type: 'git', origin: item.origin }];
}

function repositoryOf(item: MappingNode, sink: DiagnosticSink): readonly RepositoryResource[] {
  const alias = textAt(item, 'repository');
  if (alias === undefined) return [];
  const name = textAt(item, 'name');
  const type = textAt(item, 'type')?.text.toLowerCase() ?? 'git';
  if (name === undefined && alias.text !== 'self') {
    const message = `The repository resource "${shorten(alias.text)}" needs the key "name". Add "name: …".`;
    sink.report('KEY_MISSING', item.origin, message);
  }
  const texts = { name, ref: textAt(item, 'ref'), endpoint: textAt(item, 'endpoint') };
  const trigger = convertPushTrigger(nodeAt(item, 'trigger'));
  const { origin } = item;
  return [{ alias: alias.text, type, ...present(texts), ...present({ trigger }), origin }];
}

function pipelineOf(item: MappingNode): readonly PipelineResource[] {
  const alias = textAt(item, 'pipeline');
  if (alias === undefined) return [];
  const texts = {
    project: textAt(item, 'project'),
    version: textAt(item, 'version'),
    branch: textAt(item, 'branch'),
  };
  return [
    {
      alias: alias.text,
      source: textAt(item, 'source') ?? alias,
      ...present(texts),
      tags: textsAt(item, 'tags'),
      ...present({ trigger: completionTriggerOf(nodeAt(item, 'trigger')) }),
      origin: item.origin,
    },
  ];
}

function completionTriggerOf(node: Node | undefined): CompletionTrigger | undefined {
  if (node === undefined) return undefined;
  // `trigger: none` and a trigger of no words are as good as none.
  if (node.kind === 'scalar') {
    return booleanOf(textOf(node) ?? '') === true ? { tags: [], stages: [] } : undefined;
  }
  if (node.kind !== 'mapping' || !flagAt(node, 'enabled', true)) return undefined;
  const branches = nodeAt(node, 'branches');
  return {
    ...present({ branches: branches && convertFilters(branches) }),
    tags: wordsAt(node, 'tags'),
    stages: wordsAt(node, 'stages'),
  };
}

function otherOf(item: MappingNode, keyword: string): readonly OtherResource[] {
  const alias = textAt(item, keyword);
  if (alias === undefined) return [];
  const properties = new Map(entriesOf(item));
  properties.delete(keyword);
  properties.delete('type');
  const type = textAt(item, 'type')?.text ?? '';
  return [{ alias: alias.text, type, properties, origin: item.origin }];
}

function webhookOf(item: MappingNode): readonly WebhookResource[] {
  const alias = textAt(item, 'webhook');
  const connection = textAt(item, 'connection');
  if (alias === undefined || connection === undefined) return [];
  const filters = mappingsAt(item, 'filters').flatMap((filter) => {
    const path = textAt(filter, 'path');
    const value = textAt(filter, 'value') ?? { text: '', origin: filter.origin };
    return path === undefined ? [] : [{ path, value }];
  });
  const type = textAt(item, 'type');
  return [{ alias: alias.text, connection, ...present({ type }), filters, origin: item.origin }];
}
