// The kinds of files that are no jobs: models, environments, computes, datastores.
import { computeTypes } from '../compute/compute-definition.ts';
import { modelTypes } from '../model/model-definition.ts';
import { notBuilt, prose, string, textMap } from './common-schemas.ts';
import type { ObjectSchema, Schema, VariantSchema } from './schema-types.ts';

const labelled = { $schema: string, name: string, description: prose, tags: textMap } as const;
const version: Schema = { kind: 'text' };
const runsHere = (what: string) => ({ noEffect: `${what} of this machine is used` });

export const modelSchema: ObjectSchema = {
  kind: 'object',
  title: 'a model',
  required: ['name', 'path'],
  keys: {
    ...labelled,
    version,
    type: { kind: 'string', allowed: modelTypes },
    path: string,
    properties: textMap,
    stage: string,
    flavors: { kind: 'any', noEffect: "the model's own MLmodel file says it" },
    utc_time_created: notBuilt('a time of creation'),
    datastore: notBuilt('choosing a datastore for uploads'),
    default_deployment_template: notBuilt('deployment templates'),
    system_metadata: notBuilt('system metadata'),
  },
};

/** The conda file's own data is read by whoever builds the environment. */
export const environmentSchema: ObjectSchema = {
  kind: 'object',
  title: 'an environment',
  required: ['name'],
  keys: {
    ...labelled,
    version,
    properties: textMap,
    image: string,
    conda_file: { kind: 'shortOrLong', short: string, long: { kind: 'any' } },
    build: {
      kind: 'object',
      title: 'a build context',
      required: ['path'],
      keys: { path: string, dockerfile_path: string },
    },
    os_type: {
      kind: 'string',
      allowed: ['linux'],
      anyCase: true,
      notBuilt: { windows: 'Windows images' },
    },
    inference_config: { kind: 'any', noEffect: 'an endpoint here serves models itself' },
    datastore: notBuilt('choosing a datastore for uploads'),
  },
};

const compute = {
  ...labelled,
  type: { kind: 'string', allowed: computeTypes, anyCase: true },
  properties: textMap,
  location: { ...string, ...runsHere('the place') },
  identity: { kind: 'any', noEffect: 'a step acts with its own token' },
  resource_id: string,
} as const;

const network = {
  network_settings: { kind: 'any', ...runsHere('the network') },
  ssh_settings: { kind: 'any', noEffect: 'nobody signs in to a step' },
  ssh_public_access_enabled: { kind: 'boolean', noEffect: 'nobody signs in to a step' },
  enable_node_public_ip: { kind: 'boolean', ...runsHere('the network') },
  enable_sso: { kind: 'boolean', noEffect: 'nobody signs in to a step' },
} as const;

const count: Schema = { kind: 'integer', minimum: 0, maximum: 1000 };

const amlCompute: ObjectSchema = {
  kind: 'object',
  title: 'a compute cluster',
  required: ['name'],
  keys: {
    ...compute,
    ...network,
    size: string,
    tier: {
      kind: 'string',
      allowed: ['dedicated', 'low_priority', 'lowpriority'],
      anyCase: true,
    },
    min_instances: count,
    max_instances: { ...count, minimum: 1 },
    idle_time_before_scale_down: { kind: 'integer', minimum: 0, maximum: 2_147_483 },
  },
};

const computeInstance: ObjectSchema = {
  kind: 'object',
  title: 'a compute instance',
  required: ['name'],
  keys: {
    ...compute,
    ...network,
    size: string,
    create_on_behalf_of: notBuilt('creating it for someone else'),
    setup_scripts: notBuilt('setup scripts', 'put the set-up into an environment'),
    schedules: notBuilt('schedules of computes'),
    idle_time_before_shutdown: { kind: 'any', noEffect: 'nothing is paid for by the hour' },
    idle_time_before_shutdown_minutes: { kind: 'any', noEffect: 'nothing is paid for by the hour' },
    custom_applications: notBuilt('custom applications'),
    enable_os_patching: { kind: 'boolean', noEffect: 'the machine is yours to keep' },
    enable_root_access: { kind: 'boolean', noEffect: 'the machine is yours to keep' },
    release_quota_on_stop: { kind: 'boolean', noEffect: 'there are no quotas' },
  },
};

const databricks: ObjectSchema = {
  kind: 'object',
  title: 'a Databricks compute',
  required: ['name'],
  keys: {
    ...compute,
    workspace_url: string,
    size: string,
    max_instances: { ...count, minimum: 1 },
  },
};

/** Of a compute that is only named here: its own keys are not this package's to judge. */
const attached = (title: string, keys: readonly string[]): ObjectSchema => ({
  kind: 'object',
  title,
  required: ['name'],
  keys: {
    ...compute,
    ...Object.fromEntries(keys.map((key) => [key, { kind: 'any' } as const])),
  },
});

export const computeSchema: VariantSchema = {
  kind: 'variant',
  title: 'a compute',
  key: 'type',
  fallback: 'amlcompute',
  anyCase: true,
  variants: {
    amlcompute: amlCompute,
    computeinstance: computeInstance,
    databricks,
    kubernetes: attached('a Kubernetes compute', ['namespace']),
    virtualmachine: attached('a virtual machine', ['ssh_settings']),
    synapsespark: attached('a Synapse Spark pool', ['auto_pause_settings', 'auto_scale_settings']),
  },
};

const credentials: Schema = {
  kind: 'names',
  of: 'credential',
  rule: 'any',
  values: { kind: 'text', secret: true },
  mayBeEmpty: true,
};

function datastore(
  title: string,
  required: readonly string[],
  keys: Readonly<Record<string, Schema>>,
): ObjectSchema {
  const own = { type: string, ...keys };
  return { kind: 'object', title, required: ['name', ...required], keys: { ...labelled, ...own } };
}

const account = { account_name: string, endpoint: string, protocol: string, credentials } as const;

export const datastoreSchema: VariantSchema = {
  kind: 'variant',
  title: 'a datastore',
  key: 'type',
  fallback: 'azure_blob',
  variants: {
    azure_blob: datastore('a blob datastore', ['account_name', 'container_name'], {
      ...account,
      container_name: string,
    }),
    azure_file: datastore('a file share', ['account_name', 'file_share_name'], {
      ...account,
      file_share_name: string,
    }),
    azure_data_lake_gen2: datastore('a Data Lake Gen2', ['account_name', 'filesystem'], {
      ...account,
      filesystem: string,
    }),
    azure_data_lake_gen1: datastore('a Data Lake Gen1', ['store_name'], {
      store_name: string,
      credentials,
    }),
    local: datastore('a local datastore', ['path'], { path: string }),
  },
  notBuilt: { one_lake: 'OneLake', hdfs: 'Hadoop file systems' },
};
