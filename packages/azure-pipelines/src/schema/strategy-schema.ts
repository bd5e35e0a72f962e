// How a job multiplies, and how a deployment goes forward.

import { choice, type ObjectSchema, oneOrMore, type Schema, text } from './schema-types.ts';
import { stepsSchema } from './step-schema.ts';
import { poolSchema } from './work-schema.ts';

export const maxLegs = 256;

const maxParallel: Schema = { kind: 'integer', minimum: 0, isRuntime: true };

export const strategySchema = {
  kind: 'object',
  title: 'a strategy',
  keys: {
    matrix: {
      kind: 'forms',
      scalar: text,
      mapping: {
        kind: 'names',
        of: 'matrix leg',
        rule: 'leg',
        values: { kind: 'names', of: 'variable', rule: 'variable', values: text },
      },
    },
    parallel: { kind: 'integer', minimum: 1, maximum: maxLegs, isRuntime: true },
    maxParallel,
  },
  atMostOneOf: ['matrix', 'parallel'],
  misplaced: {
    runOnce: 'Only a deployment has it; begin the job with "deployment:".',
    rolling: 'Only a deployment has it; begin the job with "deployment:".',
    canary: 'Only a deployment has it; begin the job with "deployment:".',
  },
} as const satisfies ObjectSchema;

const hook: ObjectSchema = {
  kind: 'object',
  title: 'a deployment hook',
  keys: { steps: stepsSchema, pool: poolSchema },
};

const hooks = {
  preDeploy: hook,
  deploy: hook,
  routeTraffic: hook,
  postRouteTraffic: hook,
  on: {
    kind: 'object',
    title: '"on"',
    keys: { failure: hook, success: hook },
  },
} as const satisfies Readonly<Record<string, Schema>>;

const misplaced = {
  steps: 'Put them into a hook, such as "deploy".',
  failure: 'Put it below "on".',
  success: 'Put it below "on".',
} as const;

export const deploymentStrategySchema: ObjectSchema = {
  kind: 'object',
  title: 'a deployment strategy',
  keys: {
    runOnce: { kind: 'object', title: 'a runOnce strategy', keys: hooks, misplaced },
    rolling: {
      kind: 'object',
      title: 'a rolling strategy',
      keys: {
        maxParallel: { kind: 'integer', minimum: 1, isRuntime: true, orPercent: true },
        ...hooks,
      },
      misplaced,
    },
    canary: {
      kind: 'object',
      title: 'a canary strategy',
      keys: {
        increments: oneOrMore('increment', { kind: 'integer', minimum: 1, maximum: 100 }),
        ...hooks,
      },
      required: ['increments'],
      misplaced,
    },
  },
  exactlyOneOf: ['runOnce', 'rolling', 'canary'],
  misplaced: {
    matrix: 'A deployment has no matrix; its strategies are runOnce, rolling and canary.',
    parallel: 'A deployment has no slices; its strategies are runOnce, rolling and canary.',
    deploy: 'Put it below "runOnce".',
  },
};

export const environmentSchema: Schema = {
  kind: 'forms',
  scalar: text,
  mapping: {
    kind: 'object',
    title: 'an environment',
    keys: {
      name: text,
      resourceName: text,
      resourceId: text,
      resourceType: choice('VirtualMachine', 'Kubernetes'),
      tags: oneOrMore('tag', text),
    },
    required: ['name'],
  },
};
