// Computes: the two of Azure ML's own, Databricks, and what is attached.
import { computeTypes } from '../compute/compute-definition.ts';
import { labelled } from './asset-schemas.ts';
import { notBuilt, string, textMap } from './common-schemas.ts';
import type { ObjectSchema, Schema, VariantSchema } from './schema-types.ts';

const runsHere = (what: string) => ({ noEffect: `${what} of this machine is used` });

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
