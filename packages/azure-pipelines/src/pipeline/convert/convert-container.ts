// Containers: those of `resources`, and those that a job names or describes itself.

import type { DiagnosticSink } from '../../diagnostic/diagnostic-sink.ts';
import { booleanOf } from '../../schema/read-word.ts';
import { type MappingNode, type Node, textOf } from '../../text/node.ts';
import type { Text } from '../pipeline.ts';
import type { Container, ContainerTrigger } from '../resources.ts';
import { convertFilters } from './convert-trigger.ts';
import {
  entriesOf,
  flagAt,
  mappingAt,
  nodeAt,
  present,
  textAt,
  textsAt,
  toText,
} from './read-node.ts';

export function convertContainerResource(
  node: MappingNode,
  sink: DiagnosticSink,
): Container | undefined {
  const alias = textAt(node, 'container');
  const image = textAt(node, 'image') ?? registryImage(node);
  if (alias === undefined) return undefined;
  if (image === undefined) {
    const message = `The container resource "${alias.text}" needs the key "image". Add "image: …".`;
    sink.report('KEY_MISSING', node.origin, message);
    return undefined;
  }
  return withTrigger({ ...described(node, image), alias: alias.text }, node);
}

function withTrigger(container: Container, node: MappingNode): Container {
  const trigger = triggerOf(nodeAt(node, 'trigger'));
  return trigger === undefined ? container : { ...container, trigger };
}

/** Of the registry's own resource type: the registry and the repository name the image. */
function registryImage(node: MappingNode): Text | undefined {
  const registry = textAt(node, 'registry');
  const repository = textAt(node, 'repository');
  if (registry === undefined || repository === undefined) return undefined;
  const host = registry.text.includes('.') ? registry.text : `${registry.text}.azurecr.io`;
  return { text: `${host}/${repository.text}`, origin: repository.origin };
}

function triggerOf(node: Node | undefined): ContainerTrigger | undefined {
  if (node === undefined) return undefined;
  if (node.kind === 'scalar') return booleanOf(textOf(node) ?? '') === true ? {} : undefined;
  if (node.kind !== 'mapping' || !flagAt(node, 'enabled', true)) return undefined;
  const tags = nodeAt(node, 'tags');
  return tags === undefined ? {} : { tags: convertFilters(tags) };
}

/** What a job says of its container: an alias, an image, or a description. `resources`: by aliases in
 * lower case. */
export function convertContainer(
  node: Node | undefined,
  resources: ReadonlyMap<string, Container>,
): Container | undefined {
  if (node?.kind === 'mapping') {
    const image = textAt(node, 'image');
    return image && described(node, image);
  }
  const name = node && toText(node);
  if (name === undefined || name.text === '') return undefined;
  return (
    resources.get(name.text.trim().toLowerCase()) ?? {
      ...nothingSaid,
      image: name,
      origin: name.origin,
    }
  );
}

const nothingSaid = {
  env: new Map(),
  ports: [],
  volumes: [],
  mountReadOnly: [],
  localImage: false,
} as const;

function described(node: MappingNode, image: Text): Container {
  const readOnly = mappingAt(node, 'mountReadOnly');
  const folders = readOnly?.entries.map(({ key }) => key.text) ?? [];
  return {
    image,
    ...present({ endpoint: textAt(node, 'endpoint'), options: textAt(node, 'options') }),
    ...present({ mapDockerSocket: textAt(node, 'mapDockerSocket') }),
    env: entriesOf(nodeAt(node, 'env')),
    ports: textsAt(node, 'ports'),
    volumes: textsAt(node, 'volumes'),
    mountReadOnly: folders.filter((folder) => readOnly && flagAt(readOnly, folder, false)),
    localImage: flagAt(node, 'localImage', false),
    origin: node.origin,
  };
}

export function convertServices(
  owner: MappingNode,
  resources: ReadonlyMap<string, Container>,
): ReadonlyMap<string, Container> {
  const services = new Map<string, Container>();
  for (const { key, value } of mappingAt(owner, 'services')?.entries ?? []) {
    const container = convertContainer(value, resources);
    if (container !== undefined) services.set(key.text, container);
  }
  return services;
}
