// A compute from an Azure ML compute YAML or from options. A cluster of Azure's is made as a local
// stand-in, and that is said.
import { type ComputeDefinition, parseCompute } from '@ridgeline/azureml-yaml';
import type { Compute, FoundOrMade, NewCompute, RidgelineClient } from '@ridgeline/client';
import { CliError } from '../errors.ts';
import { printNote } from '../output/print.ts';
import { readTextFile } from '../submit/read-text-file.ts';
import { takeParsed } from './take-parsed.ts';

/** The computes of Azure that slots of this machine can stand in for. */
const withStandIn = ['amlcompute', 'computeinstance'];

/** @throws CliError FILE_NOT_FOUND, FILE_INVALID */
export async function readComputeFile(file: string): Promise<NewCompute> {
  const parsed = parseCompute(await readTextFile(file), { fileName: file });
  const compute = takeParsed(file, 'a compute', parsed.compute, parsed.diagnostics);
  if (compute.type === 'databricks') return databricksCompute(file, compute);
  if (withStandIn.includes(compute.type)) return { ...commonOf(compute), ...sizesOf(compute) };
  throw new CliError(
    'FILE_INVALID',
    `${file}: a compute of type '${compute.type}' has no stand-in on this machine; ` +
      "make one of type 'amlcompute', or name the compute 'local' in the job",
  );
}

function commonOf({ name, description, tags }: ComputeDefinition) {
  return {
    name,
    ...(description !== null && { description }),
    tags: Object.fromEntries(tags),
  };
}

function sizesOf(compute: ComputeDefinition) {
  const { size, tier, minInstances, maxInstances, idleSeconds } = compute;
  return { size, tier, minInstances, maxInstances, idleSeconds };
}

/** The cluster and the name of the secret stand in `properties`, as Azure ML has no key for them. */
function databricksCompute(file: string, compute: ComputeDefinition): NewCompute {
  const { workspaceUrl, properties } = compute;
  const clusterId = properties.get('cluster_id');
  const secretName = properties.get('secret_name');
  const missing = [
    ...(workspaceUrl === null ? ["'workspace_url'"] : []),
    ...(clusterId === undefined ? ["'properties.cluster_id'"] : []),
    ...(secretName === undefined ? ["'properties.secret_name'"] : []),
  ];
  if (workspaceUrl === null || clusterId === undefined || secretName === undefined) {
    const message = `${file}: a Databricks compute needs ${missing.join(', ')}`;
    throw new CliError('FILE_INVALID', `${message}; the secret holds the access token`);
  }
  const { maxInstances } = compute;
  const place = { workspaceUrl, clusterId, secretName };
  return { ...commonOf(compute), kind: 'databricks', maxInstances, properties: place };
}

export async function createCompute(
  client: RidgelineClient,
  compute: NewCompute,
): Promise<FoundOrMade<Compute>> {
  const made = await client.computes.getOrCreate(compute);
  const { maxInstances } = made.asset;
  if (compute.maxInstances !== undefined && compute.maxInstances !== maxInstances) {
    const { name, maxInstances: wanted } = compute;
    const change = `'ridgeline compute update ${name} --max-instances ${wanted}' changes that`;
    printNote(`compute '${name}' is used as it is, with max_instances ${maxInstances}; ${change}`);
  }
  return made;
}

/** One line for people: what was found, or what was made and what it is. */
export function describeNewCompute({ asset, created }: FoundOrMade<Compute>): string {
  if (!created) return `Found existing compute target ${asset.name} so using it.`;
  const steps = `at most ${asset.maxInstances} ${asset.maxInstances === 1 ? 'step' : 'steps'} at once`;
  if (asset.kind === 'databricks') {
    return `compute '${asset.name}' runs steps on Databricks: ${steps}`;
  }
  const size = asset.size === null ? '' : `; size ${asset.size} has no effect`;
  return `compute '${asset.name}' is a local stand-in: ${steps} on this machine${size}`;
}
