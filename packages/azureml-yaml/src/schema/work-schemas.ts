// What each type of work says of itself, wherever it stands: as a job, a step or a component.
import {
  command,
  distribution,
  environment,
  limits,
  notBuilt,
  resources,
  resourcesOfMany,
  seconds,
  string,
} from './common-schemas.ts';
import type { ObjectSchema, Schema } from './schema-types.ts';

export const commandKeys = {
  command,
  code: string,
  environment,
  limits,
  resources,
  distribution,
} as const;

const threshold: Schema = { kind: 'integer', minimum: -1, maximum: 2_147_483_647 };

const parallelTask: ObjectSchema = {
  kind: 'object',
  title: 'a parallel task',
  required: ['entry_script'],
  keys: {
    type: {
      kind: 'string',
      allowed: ['run_function', 'function'],
      notBuilt: { model: 'parallel runs of a model', command: 'parallel runs of a command' },
    },
    code: string,
    entry_script: string,
    program_arguments: { ...command, mayBeEmpty: true },
    environment,
    append_row_to: { kind: 'string', expressions: 'command' },
    model: notBuilt('a model in a parallel task', 'give it to the script as an input'),
  },
};

export const parallelKeys = {
  task: parallelTask,
  input_data: { kind: 'string', expressions: 'command' },
  mini_batch_size: { kind: 'text' },
  mini_batch_error_threshold: threshold,
  error_threshold: threshold,
  logging_level: { kind: 'string', allowed: ['warning', 'info', 'debug'], anyCase: true },
  max_concurrency_per_instance: { kind: 'integer', minimum: 1, maximum: 1000 },
  retry_settings: {
    kind: 'object',
    title: 'retry settings',
    keys: { max_retries: { kind: 'integer', minimum: 0, maximum: 1000 }, timeout: seconds },
  },
  partition_keys: notBuilt('partitions of tables', "use 'mini_batch_size'"),
  resources: resourcesOfMany,
} as const satisfies Record<string, Schema>;
