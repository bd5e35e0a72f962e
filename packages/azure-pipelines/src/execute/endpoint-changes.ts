// What `task.setendpoint` has changed of the service connections, for the rest of the job.

import type { EndpointChange } from '../command/command-target.ts';
import type { ServiceConnection } from '../task/service-connection.ts';

export function withChanges(
  connection: ServiceConnection,
  changes: readonly EndpointChange[],
): ServiceConnection {
  const own = changes.filter(({ id }) => id === connection.id || id === connection.name);
  return own.reduce(changed, connection);
}

function changed(
  connection: ServiceConnection,
  { field, key, value }: EndpointChange,
): ServiceConnection {
  if (field === 'url') return { ...connection, url: value };
  const part = field === 'authParameter' ? 'parameters' : 'data';
  const kept = Object.entries(connection[part]).filter(
    ([name]) => name.toLowerCase() !== key.toLowerCase(),
  );
  return { ...connection, [part]: { ...Object.fromEntries(kept), [key]: value } };
}
