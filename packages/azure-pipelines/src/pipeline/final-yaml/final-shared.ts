// Variables, pools and containers as the final YAML has them.

import type { Pool, VariableEntry } from '../pipeline.ts';
import type { Container } from '../resources.ts';
import { listUnlessEmpty, mapping, namesUnlessEmpty, type Written } from './final-document.ts';

export function writtenVariables(entries: readonly VariableEntry[]): Written | undefined {
  return listUnlessEmpty(
    entries.map((entry) =>
      entry.kind === 'group'
        ? mapping([['group', entry.group]], entry.group.origin)
        : mapping(
            [
              ['name', entry.name],
              ['value', entry.value],
              ['readonly', entry.readonly ? true : undefined],
            ],
            entry.value.origin,
          ),
    ),
  );
}

export function writtenPool(pool: Pool): Written {
  const { origin } = pool;
  if (pool.kind === 'server') return { kind: 'text', text: 'server', origin };
  const { name, vmImage, demands } = pool;
  return mapping(
    [
      ['name', name],
      ['vmImage', vmImage],
      ['demands', listUnlessEmpty(demands)],
    ],
    origin,
  );
}

/** A job's: an alias or an image alone is one word. */
export function writtenContainer(container: Container): Written {
  const { alias, image, origin } = container;
  if (alias !== undefined) return { kind: 'text', text: alias, origin };
  const keys = containerKeys(container);
  const isBare = keys.every(([key, value]) => key === 'image' || value === undefined);
  return isBare ? { kind: 'text', ...image } : mapping(keys, origin);
}

export function containerKeys(container: Container) {
  const { mountReadOnly } = container;
  const folders = mountReadOnly.map((folder) => [folder, true] as const);
  return [
    ['image', container.image],
    ['endpoint', container.endpoint],
    ['env', namesUnlessEmpty(container.env)],
    ['options', container.options],
    ['ports', listUnlessEmpty(container.ports)],
    ['volumes', listUnlessEmpty(container.volumes)],
    ['mapDockerSocket', container.mapDockerSocket],
    ['mountReadOnly', folders.length === 0 ? undefined : mapping(folders)],
    ['localImage', container.localImage ? true : undefined],
  ] as const;
}

export function writtenServices(services: ReadonlyMap<string, Container>): Written | undefined {
  if (services.size === 0) return undefined;
  return mapping([...services].map(([name, one]) => [name, writtenContainer(one)] as const));
}
