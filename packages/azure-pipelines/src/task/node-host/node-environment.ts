// The environment by which agents hand a Node task its inputs, endpoints and secrets. The task
// library reads these variables and takes them away before the task's own code runs.

import { resolve } from 'node:path';
import { connectionOf } from '../connection-of.ts';
import type { ServiceConnection } from '../service-connection.ts';
import type { TaskContext } from '../task.ts';
import type { ManifestInput, TaskManifest } from './task-manifest.ts';

type Environment = Record<string, string>;

export async function nodeEnvironment(
  manifest: TaskManifest,
  context: TaskContext,
): Promise<Environment> {
  const env: Environment = { ...variableNames(context), ...secrets(context), ...state(context) };
  Object.assign(env, systemConnection(context));
  for (const input of manifest.inputs) Object.assign(env, await inputEntry(input, context));
  for (const [name, value] of context.values) env[`INPUT_${variableName(name)}`] ??= value;
  // Empty ones say nothing, and the library would leave them standing.
  return Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
}

/** Dots and blanks become underscores, letters upper case. */
export function variableName(name: string): string {
  return name.replace(/[. ]/g, '_').toUpperCase();
}

async function inputEntry(input: ManifestInput, context: TaskContext): Promise<Environment> {
  const key = `INPUT_${variableName(input.name)}`;
  const value = context.input(input.name) ?? '';
  if (/^filepath$/i.test(input.type)) {
    // The library takes the sources folder itself for a path that was not given.
    return { [key]: resolve(context.folders.workingDirectory, value) };
  }
  if (/^securefile$/i.test(input.type) && value !== '') {
    return { [key]: value, [`SECUREFILE_NAME_${value}`]: value };
  }
  if (!/^connectedservice(:|$)/i.test(input.type) || value === '') return { [key]: value };
  // Scripts know a connection by its id; the file names it by its name.
  const connection = await connectionOf(context, input.name);
  return { [key]: connection.id, ...endpoint(connection.id, connection) };
}

export function endpoint(
  id: string,
  connection: Pick<ServiceConnection, 'url' | 'scheme' | 'parameters' | 'data'>,
): Environment {
  const { url = '', scheme, parameters, data } = connection;
  const env: Environment = {
    [`ENDPOINT_URL_${id}`]: url,
    [`ENDPOINT_AUTH_${id}`]: JSON.stringify({ parameters, scheme }),
    [`ENDPOINT_AUTH_SCHEME_${id}`]: scheme,
    [`ENDPOINT_DATA_${id}`]: JSON.stringify(data),
  };
  for (const [name, value] of Object.entries(parameters)) {
    env[`ENDPOINT_AUTH_PARAMETER_${id}_${variableName(name)}`] = value;
  }
  for (const [name, value] of Object.entries(data)) {
    env[`ENDPOINT_DATA_${id}_${variableName(name)}`] = value;
  }
  return env;
}

/** The service that runs the job, which every task may call under the job's own token. */
function systemConnection(context: TaskContext): Environment {
  const token = context.variables.get('System.AccessToken') ?? '';
  return endpoint('SYSTEMVSSCONNECTION', {
    url: context.variables.get('System.CollectionUri') ?? '',
    scheme: 'OAuth',
    parameters: { AccessToken: token },
    data: {},
  });
}

function variableNames({ variables }: TaskContext): Environment {
  const names = [...variables.names()];
  const secret = names.filter((name) => variables.isSecret(name));
  return {
    VSTS_PUBLIC_VARIABLES: JSON.stringify(names.filter((name) => !variables.isSecret(name))),
    VSTS_SECRET_VARIABLES: JSON.stringify(secret),
  };
}

function secrets({ variables }: TaskContext): Environment {
  const names = [...variables.names()].filter((name) => variables.isSecret(name));
  return Object.fromEntries(
    names.map((name) => [`SECRET_${variableName(name)}`, variables.get(name) ?? '']),
  );
}

/** What the task's parts have left for one another. */
function state(context: TaskContext): Environment {
  return Object.fromEntries(
    [...context.state].map(([name, value]) => [`VSTS_TASKVARIABLE_${variableName(name)}`, value]),
  );
}
