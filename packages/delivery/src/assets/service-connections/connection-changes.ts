// What a change makes of a service connection: the whole as it is to be, secrets in clear, to be
// checked before any of it is kept.
import { keyOf } from '../check-words.ts';
import type { WholeConnection } from './check-connection.ts';
import { connectionKinds } from './connection-kinds.ts';
import type { Texts } from './connection-store.ts';
import type {
  ConnectionType,
  NewServiceConnection,
  ServiceConnectionChanges,
} from './service-connection-info.ts';

export function newConnection(id: string, spec: NewServiceConnection): WholeConnection {
  const { name, type, description = '', scheme, parameters = {}, data = {} } = spec;
  // A type that there is not is told with the other mistakes.
  const kind = Object.hasOwn(connectionKinds, type) ? connectionKinds[type] : undefined;
  const url = spec.url ?? (typeof kind?.url === 'object' ? kind.url.default : undefined);
  return {
    id,
    name: name.normalize('NFC'),
    type,
    description,
    ...(url !== undefined && { url }),
    scheme: schemeName(type, scheme),
    parameters,
    data,
  };
}

export function changedConnection(
  earlier: WholeConnection,
  changes: ServiceConnectionChanges,
): WholeConnection {
  const { url: earlierUrl, ...rest } = earlier;
  const { name = earlier.name, description = earlier.description, url = earlierUrl } = changes;
  return {
    ...rest,
    name: name.normalize('NFC'),
    description,
    ...(url != null && { url }),
    scheme: schemeName(earlier.type, changes.scheme ?? earlier.scheme),
    parameters: merged(earlier.parameters, changes.parameters),
    data: merged(earlier.data, changes.data),
  };
}

/** In the type's own spelling; the first of the type where none is given. */
function schemeName(type: ConnectionType, scheme: string | undefined): string {
  const schemes = Object.hasOwn(connectionKinds, type) ? connectionKinds[type].schemes : [];
  if (scheme === undefined) return schemes[0]?.name ?? 'None';
  return schemes.find(({ name }) => keyOf(name) === keyOf(scheme))?.name ?? scheme;
}

function merged(
  earlier: Texts,
  changes: Readonly<Record<string, string | null>> | undefined,
): Texts {
  if (changes === undefined) return earlier;
  const changed = new Set(Object.keys(changes).map(keyOf));
  const kept = Object.entries(earlier).filter(([name]) => !changed.has(keyOf(name)));
  const given = Object.entries(changes).flatMap(([name, value]) =>
    value === null ? [] : [[name, value] as const],
  );
  return Object.fromEntries([...kept, ...given]);
}
