// The root of a file and its stages.

import { jobSchema, phaseSchema, queueSchema, rootJobKeys } from './job-schema.ts';
import { resourcesSchema } from './resource-schema.ts';
import {
  anything,
  boolean,
  choice,
  listOf,
  type ObjectSchema,
  type Schema,
  text,
  type VariantSchema,
} from './schema-types.ts';
import { stepsSchema } from './step-schema.ts';
import { pullRequestTriggerSchema, pushTriggerSchema, schedulesSchema } from './trigger-schema.ts';
import {
  dependsOnSchema,
  lockBehaviorSchema,
  poolSchema,
  templateContextSchema,
  variablesSchema,
} from './work-schema.ts';

const jobsSchema = listOf('job', jobSchema);
const phasesSchema = listOf('phase', phaseSchema);

export const stageSchema: VariantSchema = {
  kind: 'variant',
  title: 'a stage',
  variants: {
    stage: {
      kind: 'object',
      title: 'a stage',
      keys: {
        stage: text,
        group: text,
        displayName: text,
        pool: poolSchema,
        dependsOn: dependsOnSchema,
        condition: text,
        variables: variablesSchema,
        jobs: jobsSchema,
        phases: phasesSchema,
        lockBehavior: lockBehaviorSchema,
        trigger: choice('manual', 'automatic'),
        isSkippable: boolean,
        templateContext: templateContextSchema,
      },
      legacy: { phases: 'jobs' },
      atMostOneOf: ['jobs', 'phases'],
      misplaced: {
        steps: 'Put them into a job below "jobs".',
        environment: 'Only a deployment has one; it stands below "jobs".',
        strategy: 'A job has it; it stands below "jobs".',
      },
    },
  },
};

const rootKeys = {
  name: text,
  appendCommitMessageToRunName: boolean,
  trigger: pushTriggerSchema,
  pr: pullRequestTriggerSchema,
  schedules: schedulesSchema,
  // Their values are in place by now.
  parameters: anything,
  resources: resourcesSchema,
  variables: variablesSchema,
  pool: poolSchema,
  queue: queueSchema,
  lockBehavior: lockBehaviorSchema,
} as const;

const legacy = { queue: 'pool', phases: 'jobs' } as const;
const jobAdvice = 'Only a job has it; put it into one below "jobs".';
const misplaced = {
  displayName: 'The pipeline has "name", for its runs.',
  condition: jobAdvice,
  timeoutInMinutes: jobAdvice,
  ...Object.fromEntries(Object.keys(rootJobKeys).map((key) => [key, jobAdvice])),
  dependsOn: 'Only stages and jobs depend on each other.',
  environment: 'Only a deployment has one.',
  triggers: 'Write "trigger", "pr" or "schedules".',
};

function root(keys: Readonly<Record<string, Schema>>): ObjectSchema {
  const all = { ...rootKeys, ...keys };
  const conflicting = ['pool', 'queue'];
  return {
    kind: 'object',
    title: 'a pipeline',
    keys: all,
    legacy,
    misplaced,
    atMostOneOf: conflicting,
  };
}

/** Told apart by what they are made of. */
export const pipelineSchema: VariantSchema = {
  kind: 'variant',
  title: 'a pipeline',
  anyOrder: true,
  variants: {
    stages: root({ stages: listOf('stage', stageSchema) }),
    jobs: root({ jobs: jobsSchema }),
    phases: root({ phases: phasesSchema }),
    steps: root({ steps: stepsSchema, ...rootJobKeys }),
  },
};
