// Picks a published pipeline by its id, or by its name and version, as people name them.
import type { PublishedPipeline, RidgelineClient } from '@ridgeline/client';
import { CliError } from '../errors.ts';

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * @param version without one, the only active pipeline of the name is meant.
 * @throws CliError PIPELINE_NOT_FOUND, PIPELINE_NOT_UNIQUE
 */
export async function pickPipeline(
  client: RidgelineClient,
  idOrName: string,
  version: string | undefined,
): Promise<PublishedPipeline> {
  if (guid.test(idOrName)) return client.pipelines.get(idOrName);
  const query = { name: idOrName, status: 'Active' } as const;
  const found = await client.pipelines.list({ ...query, ...(version && { version }), limit: 2 });
  const [only] = found;
  if (only === undefined) throw notFound(idOrName, version);
  if (found.length > 1) throw notUnique(idOrName, version);
  return only;
}

function notFound(name: string, version: string | undefined): CliError {
  const words =
    version === undefined
      ? `Unable to find a published pipeline named '${name}'`
      : `Unable to find a published pipeline for this build ${version} named '${name}'`;
  const advice = "'ridgeline pipeline list' shows what is published";
  return new CliError('PIPELINE_NOT_FOUND', `${words}; ${advice}`);
}

function notUnique(name: string, version: string | undefined): CliError {
  const words =
    version === undefined
      ? `Multiple active pipelines are published under the name '${name}'.`
      : `Multiple active pipelines are published for build ${version}.`;
  const advice = `Choose one with --version; 'ridgeline pipeline list --name ${name}' shows them`;
  return new CliError('PIPELINE_NOT_UNIQUE', `${words} ${advice}`);
}
