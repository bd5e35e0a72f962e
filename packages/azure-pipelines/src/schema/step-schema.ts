// Steps: the keys that all have, and the kinds told apart by their keyword.

import {
  boolean,
  choice,
  listOf,
  type ObjectSchema,
  requiredText,
  runtimeBoolean,
  type Schema,
  text,
  texts,
  type VariantSchema,
} from './schema-types.ts';
import { type Shortcut, shortcuts } from './shortcuts.ts';

const target: Schema = {
  kind: 'forms',
  scalar: text,
  mapping: {
    kind: 'object',
    title: 'a step target',
    keys: {
      container: text,
      commands: choice('any', 'restricted'),
      settableVariables: {
        kind: 'forms',
        scalar: choice('none'),
        sequence: listOf('variable name', text),
      },
    },
  },
};

const minutes: Schema = { kind: 'integer', minimum: 0, isRuntime: true };

export const stepKeys = {
  name: { kind: 'text', rule: 'identifier' },
  displayName: text,
  condition: text,
  continueOnError: runtimeBoolean,
  enabled: boolean,
  env: { ...texts, of: 'environment variable' },
  target,
  timeoutInMinutes: minutes,
  retryCountOnTaskFailure: { kind: 'integer', minimum: 0, maximum: 10, isRuntime: true },
} as const satisfies Readonly<Record<string, Schema>>;

const misplaced = {
  dependsOn: 'Steps run in the order of the list: only jobs and stages depend on each other.',
  variables: 'Variables belong to a job, a stage or the pipeline; give a step "env".',
  pool: 'A pool belongs to a job, a stage or the pipeline.',
} as const;

const taskStep: ObjectSchema = {
  kind: 'object',
  title: 'a task step',
  keys: { task: requiredText, inputs: { ...texts, of: 'input' }, ...stepKeys },
  misplaced: { ...misplaced, workingDirectory: 'Put it among the "inputs" of the task.' },
};

function shortcutStep(keyword: string, { title, keys }: Shortcut): ObjectSchema {
  const inputs = 'A shortcut takes them as keys of its own; leave out "inputs".';
  return {
    kind: 'object',
    title,
    keys: { [keyword]: text, ...keys, ...stepKeys },
    misplaced: { ...misplaced, inputs },
  };
}

export const stepSchema: VariantSchema = {
  kind: 'variant',
  title: 'a step',
  variants: {
    task: taskStep,
    ...Object.fromEntries(
      Object.entries(shortcuts).map(([keyword, shortcut]) => [
        keyword,
        shortcutStep(keyword, shortcut),
      ]),
    ),
  },
};

export const stepsSchema: Schema = listOf('step', stepSchema);
