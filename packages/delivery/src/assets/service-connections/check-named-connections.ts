// Refuses a build whose pipeline names connections that are not there or that it may not use: before
// any job, all at once, each with its place in the file.
import { formatPlace } from '@ridgeline/azure-pipelines';
import { DeliveryError } from '../../errors.ts';
import type { AssetProblem } from '../asset-problem.ts';
import type { NamedConnection } from './named-connections.ts';

interface Connections {
  connectionProblems(names: readonly string[], pipeline: string): Promise<readonly AssetProblem[]>;
}

/** @throws DeliveryError SERVICE_CONNECTION_NOT_FOUND, SERVICE_CONNECTION_NOT_PERMITTED */
export async function checkConnections(
  named: readonly NamedConnection[],
  connections: Connections,
  pipeline: string,
): Promise<void> {
  // Once a name, where it stands first.
  const byName = new Map(named.toReversed().map(({ name, origin }) => [name, origin]));
  const problems = await connections.connectionProblems([...byName.keys()].toReversed(), pipeline);
  const [first] = problems;
  if (first === undefined) return;
  const lines = problems.map(({ name, message }) => {
    const origin = byName.get(name);
    return origin === undefined ? message : `${formatPlace(origin)}: ${message}`;
  });
  throw new DeliveryError(first.code, lines.join('\n'));
}
