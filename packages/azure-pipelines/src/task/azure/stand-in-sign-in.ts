// How the stand-in gets at the workspace: by the token and address of the connection, or, for one with
// no credential of its own, by the token of the job.

import { connectionValue, type ServiceConnection } from '../service-connection.ts';
import type { TaskContext } from '../task.ts';

/** For the environment of the step's processes; nothing where the connection names a principal. */
export function standInSignIn(
  context: TaskContext,
  connection: ServiceConnection,
): Readonly<Record<string, string>> {
  const scheme = connection.scheme.toLowerCase();
  if (scheme === 'token') return byConnection(context, connection);
  const { url, type } = connection;
  const address: Record<string, string> =
    type === 'ridgeline' && url !== undefined ? { RIDGELINE_URL: url } : {};
  if (scheme !== 'none' && scheme !== 'managedserviceidentity') return address;
  const token = context.variables.get('System.AccessToken') ?? '';
  return token === '' ? address : { ...address, RIDGELINE_TOKEN: token };
}

function byConnection(
  context: TaskContext,
  connection: ServiceConnection,
): Readonly<Record<string, string>> {
  const token = connectionValue(connection, 'apitoken') ?? '';
  if (token === '' || connection.url === undefined) return {};
  context.variables.addSecret(token);
  return { RIDGELINE_URL: connection.url, RIDGELINE_TOKEN: token };
}

/** Whether it needs no `az login`. */
export function signsInByToken(
  connection: ServiceConnection,
  env: Readonly<Record<string, string>>,
): boolean {
  return connection.scheme.toLowerCase() === 'token' && env.RIDGELINE_TOKEN !== undefined;
}
