// A kubeconfig of the step's own, from a Kubernetes connection or an AKS cluster.

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openAzureSession } from '../azure/azure-session.ts';
import { connectionOf } from '../connection-of.ts';
import { runChecked } from '../program.ts';
import { connectionValue, type ServiceConnection } from '../service-connection.ts';
import type { TaskContext } from '../task.ts';
import { TaskFailure } from '../task-outcome.ts';

export interface ClusterInputs {
  readonly connectionType?: string;
  readonly kubernetesConnection: string;
  readonly azureConnection: string;
  readonly resourceGroup: string;
  readonly cluster: string;
}

export interface ClusterSession {
  /** Empty where the step uses the kubeconfig that is there. */
  readonly env: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

export async function openCluster(
  context: TaskContext,
  names: ClusterInputs,
): Promise<ClusterSession> {
  const type =
    names.connectionType === undefined ? '' : (context.input(names.connectionType) ?? '');
  const own = async () => {
    const folder = await mkdtemp(join(context.folders.temp, 'kube-'));
    const file = join(folder, 'config');
    const close = () => rm(folder, { recursive: true, force: true });
    return { file, session: { env: { KUBECONFIG: file }, close } };
  };
  if (/none/i.test(type)) return { env: {}, close: async () => {} };
  if (/azure/i.test(type)) {
    const { file, session } = await own();
    await writeAksConfig(context, names, file);
    return session;
  }
  if (context.input(names.kubernetesConnection) === undefined)
    return { env: {}, close: async () => {} };
  const connection = await connectionOf(context, names.kubernetesConnection);
  const { file, session } = await own();
  await writeFile(file, configOf(context, connection), { mode: 0o600 });
  return session;
}

async function writeAksConfig(
  context: TaskContext,
  names: ClusterInputs,
  file: string,
): Promise<void> {
  const session = await openAzureSession(context, names.azureConnection);
  const group = ['--resource-group', context.requiredInput(names.resourceGroup)];
  const name = ['--name', context.requiredInput(names.cluster)];
  try {
    const args = [
      'aks',
      'get-credentials',
      ...group,
      ...name,
      '--file',
      file,
      '--overwrite-existing',
    ];
    await runChecked(context, session.az, args, { env: session.env });
  } finally {
    await session.close();
  }
}

function configOf(context: TaskContext, connection: ServiceConnection): string {
  const whole = connectionValue(connection, 'kubeconfig');
  if (whole !== undefined) return whole;
  const token = connectionValue(connection, 'apitoken');
  if (token === undefined || connection.url === undefined) {
    throw new TaskFailure(
      `The service connection '${connection.name}' has neither a 'kubeconfig' nor an address with an 'apitoken'`,
    );
  }
  context.variables.addSecret(token);
  // JSON is YAML, and quotes whatever stands in a token.
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'cluster', cluster: clusterOf(connection) }],
    users: [{ name: 'user', user: { token: decodeToken(token) } }],
    contexts: [{ name: 'context', context: { cluster: 'cluster', user: 'user' } }],
    'current-context': 'context',
  });
}

function clusterOf(connection: ServiceConnection) {
  const certificate = connectionValue(connection, 'serviceAccountCertificate');
  const untrusted = connectionValue(connection, 'acceptUntrustedCerts') === 'true';
  return {
    server: connection.url,
    ...(certificate === undefined ? {} : { 'certificate-authority-data': certificate }),
    ...(untrusted ? { 'insecure-skip-tls-verify': true } : {}),
  };
}

/** Service account tokens come as they stand in the cluster's secret: base64 of a JWT. */
function decodeToken(token: string): string {
  const decoded = Buffer.from(token, 'base64').toString('utf8');
  return /^[\w-]+\.[\w-]+\.[\w-]+$/.test(decoded) ? decoded : token;
}
