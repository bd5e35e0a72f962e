// Pipelines in a few words, for the tests of this folder.

import type { DeploymentStrategy, Environment, Hook } from '../pipeline/deployment.ts';
import type { Job, Pipeline, Stage, Strategy, Text, VariableEntry } from '../pipeline/pipeline.ts';
import type { RunFacts } from './run-facts.ts';

const origin = { file: 'azure-pipelines.yml', line: 1, column: 1 };

export function text(value: string): Text {
  return { text: value, origin };
}

export type VariableWords = Readonly<Record<string, string>> | readonly VariableEntry[];

export interface JobWords extends Partial<Omit<Job, 'condition' | 'variables' | 'displayName'>> {
  readonly condition?: string;
  readonly variables?: VariableWords;
  readonly displayName?: string;
}

export interface StageWords
  extends Partial<Omit<Stage, 'condition' | 'variables' | 'jobs' | 'displayName'>> {
  readonly condition?: string;
  readonly variables?: VariableWords;
  readonly jobs?: Readonly<Record<string, JobWords>>;
  readonly displayName?: string;
}

/** Stages by id; as in a file, each depends on the one before it unless it says otherwise. */
export function pipelineOf(
  stages: Readonly<Record<string, StageWords>>,
  variables: VariableWords = {},
  more: Partial<Pipeline> = {},
): Pipeline {
  const ids = Object.keys(stages);
  return {
    appendCommitMessageToRunName: true,
    schedules: [],
    resources: {
      repositories: [],
      pipelines: [],
      containers: [],
      builds: [],
      packages: [],
      webhooks: [],
    },
    variables: entriesOf(variables),
    stages: Object.entries(stages).map(([id, words], index) =>
      stageOf(id, words, ids.slice(Math.max(0, index - 1), index)),
    ),
    origin,
    ...more,
  };
}

/** A pipeline of one stage, `S`. */
export function jobsOf(
  jobs: Readonly<Record<string, JobWords>>,
  variables: VariableWords = {},
): Pipeline {
  return pipelineOf({ S: { jobs } }, variables);
}

export function entriesOf(variables: VariableWords): readonly VariableEntry[] {
  if (Array.isArray(variables)) return variables;
  return Object.entries(variables).map(([name, value]) => {
    return { kind: 'value', name, value: text(value), readonly: false };
  });
}

export function group(name: string): VariableEntry {
  return { kind: 'group', group: text(name) };
}

export function environment(name: string, more: Partial<Environment> = {}): Environment {
  return { name: text(name), tags: [], origin, ...more };
}

export function hook(more: Partial<Hook> = {}): Hook {
  return { steps: [], origin, ...more };
}

export function deployment(strategy: DeploymentStrategy, more: JobWords = {}): JobWords {
  return { kind: 'deployment', environment: environment('test'), deployment: strategy, ...more };
}

export function matrix(
  legs: Readonly<Record<string, Readonly<Record<string, string>>>>,
  maxParallel?: string,
): Strategy {
  return {
    kind: 'matrix',
    legs: Object.entries(legs).map(([name, variables]) => ({
      name,
      variables: new Map(Object.entries(variables).map(([key, value]) => [key, text(value)])),
      origin,
    })),
    ...(maxParallel === undefined ? {} : { maxParallel: text(maxParallel) }),
  };
}

export function factsOf(more: Partial<RunFacts> = {}): RunFacts {
  return { startTime: '2026-03-04T05:06:07.000Z', variables: new Map(), ...more };
}

function stageOf(id: string, words: StageWords, before: readonly string[]): Stage {
  const { condition, variables = {}, jobs = { A: {} }, displayName = id, ...more } = words;
  return {
    id,
    displayName: text(displayName),
    dependsOn: before,
    variables: entriesOf(variables),
    jobs: Object.entries(jobs).map(([name, job]) => jobOf(name, job)),
    trigger: 'automatic',
    isSkippable: true,
    origin,
    ...(condition === undefined ? {} : { condition: text(condition) }),
    ...more,
  };
}

function jobOf(id: string, words: JobWords): Job {
  const { condition, variables = {}, displayName = id, ...more } = words;
  return {
    id,
    kind: 'job',
    displayName: text(displayName),
    dependsOn: [],
    variables: entriesOf(variables),
    services: new Map(),
    steps: [],
    origin,
    ...(condition === undefined ? {} : { condition: text(condition) }),
    ...more,
  };
}
