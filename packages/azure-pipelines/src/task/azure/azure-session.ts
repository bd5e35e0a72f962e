// A signed-in Azure CLI in a folder of its own, so that a step neither uses nor changes the
// session of the person whose machine this is.

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { connectionOf } from '../connection-of.ts';
import { exitFailure } from '../program.ts';
import { connectionValue, type ServiceConnection } from '../service-connection.ts';
import type { TaskContext } from '../task.ts';
import { TaskFailure } from '../task-outcome.ts';
import { chooseAz } from './az-choice.ts';
import { signsInByToken, standInSignIn } from './stand-in-sign-in.ts';

export interface AzureSession {
  readonly az: string;
  /** It answers for a workspace, and not for Azure. */
  readonly isStandIn: boolean;
  readonly connection: ServiceConnection;
  /** What child processes that call `az` need. */
  readonly env: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

export interface SessionOptions {
  /** Default true: neither uses nor changes the session of whoever runs the job. */
  readonly ownFolder?: boolean;
  /** For scripts, and not for tasks that work on Azure itself; default false. */
  readonly takesStandIn?: boolean;
}

/** Signs in with the connection that an input names. */
export async function openAzureSession(
  context: TaskContext,
  input: string,
  { ownFolder = true, takesStandIn = false }: SessionOptions = {},
): Promise<AzureSession> {
  const connection = await connectionOf(context, input);
  const { az, isStandIn, env: chosen } = chooseAz(context, connection);
  if (isStandIn && !takesStandIn) throw needsAzure();
  // A connection without a credential of its own stands for the session that is there.
  const own = ownFolder && (isStandIn || connection.scheme.toLowerCase() !== 'none');
  const folder = own ? await mkdtemp(join(context.folders.temp, '.azclitask-')) : undefined;
  const env: Readonly<Record<string, string>> = {
    ...chosen,
    ...(isStandIn && standInSignIn(context, connection)),
    ...(folder !== undefined && { AZURE_CONFIG_DIR: folder }),
  };
  const close = async () => {
    if (folder !== undefined) await rm(folder, { recursive: true, force: true });
  };
  try {
    await signIn(context, az, connection, env, folder);
  } catch (error) {
    await close();
    throw error;
  }
  return { az, isStandIn, connection, env, close };
}

function needsAzure(): TaskFailure {
  return new TaskFailure(
    "The task works on Azure itself, and the 'az' of this job is a stand-in that does not reach it. Set the variable RIDGELINE_AZ to 'real' for the real Azure CLI, or mock the task.",
  );
}

async function signIn(
  context: TaskContext,
  az: string,
  connection: ServiceConnection,
  env: Readonly<Record<string, string>>,
  folder: string | undefined,
): Promise<void> {
  const login = signsInByToken(connection, env)
    ? undefined
    : await loginArguments(context, connection, folder ?? context.folders.temp);
  if (login !== undefined) {
    // The order holds the secret, so neither it nor the answer is logged.
    const result = await context.run(az, login, { env, silent: true, capture: true });
    if (result.exitCode !== 0) throw exitFailure('az login', result);
    context.log(`Signed in with the service connection '${connection.name}'`);
  }
  const subscription = connectionValue(connection, 'subscriptionId');
  if (subscription === undefined || subscription === '') return;
  const order = ['account', 'set', '--subscription', subscription];
  const result = await context.run(az, order, { env, silent: true, capture: true });
  if (result.exitCode !== 0) throw exitFailure('az account set', result);
}

/** Undefined: there is nothing to sign in with. */
async function loginArguments(
  context: TaskContext,
  connection: ServiceConnection,
  folder: string,
): Promise<readonly string[] | undefined> {
  const scheme = connection.scheme.toLowerCase();
  if (scheme === 'none') return undefined;
  if (scheme === 'managedserviceidentity') return ['login', '--identity'];
  const part = (name: string) => secretPart(context, connection, name);
  const principal = ['login', '--service-principal', '-u', part('serviceprincipalid')];
  const tenant = ['--tenant', part('tenantid'), '--allow-no-subscriptions'];
  if (scheme === 'workloadidentityfederation') {
    return [...principal, '--federated-token', part('idToken'), ...tenant];
  }
  if (scheme !== 'serviceprincipal') {
    throw new TaskFailure(
      `The service connection '${connection.name}' has the scheme ${connection.scheme}; Azure takes ServicePrincipal, ManagedServiceIdentity, WorkloadIdentityFederation or None`,
    );
  }
  const certificate = connectionValue(connection, 'servicePrincipalCertificate');
  if (certificate === undefined)
    return [...principal, '-p', part('serviceprincipalkey'), ...tenant];
  const file = join(folder, 'principal.pem');
  await writeFile(file, certificate, { mode: 0o600 });
  return [...principal, '--certificate', file, ...tenant];
}

function secretPart(context: TaskContext, connection: ServiceConnection, name: string): string {
  const value = connectionValue(connection, name);
  if (value === undefined || value === '') {
    throw new TaskFailure(`The service connection '${connection.name}' has no '${name}'`);
  }
  if (/key|token/i.test(name)) context.variables.addSecret(value);
  return value;
}
