// Jobs and deployments, and the phases and queues of old files.

import {
  type ObjectSchema,
  runtimeBoolean,
  type Schema,
  text,
  type VariantSchema,
} from './schema-types.ts';
import { stepsSchema } from './step-schema.ts';
import { deploymentStrategySchema, environmentSchema, strategySchema } from './strategy-schema.ts';
import {
  containerSchema,
  demandsSchema,
  dependsOnSchema,
  poolSchema,
  servicesSchema,
  templateContextSchema,
  usesSchema,
  variablesSchema,
  workspaceSchema,
} from './work-schema.ts';

const timeouts = {
  timeoutInMinutes: { kind: 'integer', minimum: 0, isRuntime: true },
  cancelTimeoutInMinutes: { kind: 'integer', minimum: 1, maximum: 35_790, isRuntime: true },
} as const satisfies Readonly<Record<string, Schema>>;

const jobKeys = {
  displayName: text,
  dependsOn: dependsOnSchema,
  condition: text,
  continueOnError: runtimeBoolean,
  ...timeouts,
  variables: variablesSchema,
  pool: poolSchema,
  container: containerSchema,
  services: servicesSchema,
  workspace: workspaceSchema,
  uses: usesSchema,
  templateContext: templateContextSchema,
} as const;

const misplaced = {
  jobs: 'Jobs belong to a stage; give each a line of its own after "- ".',
  env: 'Environment variables belong to a step; a job has "variables".',
} as const;

/** What of a job stands at the root of a file that has only steps. */
export const rootJobKeys = {
  strategy: strategySchema,
  continueOnError: runtimeBoolean,
  container: containerSchema,
  services: servicesSchema,
  workspace: workspaceSchema,
} as const;

const job: ObjectSchema = {
  kind: 'object',
  title: 'a job',
  keys: { job: text, ...jobKeys, strategy: strategySchema, steps: stepsSchema },
  misplaced: {
    ...misplaced,
    environment: 'Only a deployment has one; begin the job with "deployment:".',
  },
};

const deployment: ObjectSchema = {
  kind: 'object',
  title: 'a deployment',
  keys: {
    deployment: text,
    ...jobKeys,
    environment: environmentSchema,
    strategy: deploymentStrategySchema,
  },
  required: ['strategy'],
  misplaced: {
    ...misplaced,
    steps: 'Put them below "strategy", "runOnce", "deploy".',
    matrix: 'A deployment has no matrix; its strategies are runOnce, rolling and canary.',
  },
};

const queue: Schema = {
  kind: 'forms',
  scalar: text,
  mapping: {
    kind: 'object',
    title: 'a queue',
    keys: {
      name: text,
      demands: demandsSchema,
      ...timeouts,
      container: containerSchema,
      parallel: { kind: 'integer', minimum: 0, isRuntime: true },
      matrix: strategySchema.keys.matrix,
    },
  },
};

const phase: ObjectSchema = {
  kind: 'object',
  title: 'a phase',
  keys: { phase: text, ...jobKeys, queue, steps: stepsSchema },
  atMostOneOf: ['pool', 'queue'],
  legacy: { phase: 'job', queue: 'pool' },
};

export const queueSchema: Schema = queue;

export const jobSchema: VariantSchema = {
  kind: 'variant',
  title: 'a job',
  variants: { job, deployment },
};

export const phaseSchema: VariantSchema = {
  kind: 'variant',
  title: 'a phase',
  variants: { phase },
};
