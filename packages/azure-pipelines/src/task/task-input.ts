// One input of a task, as data: validation, defaults and help are all fed by this record.

export interface TaskInput {
  readonly name: string;
  /** Other names by which pipelines give it. */
  readonly aliases?: readonly string[];
  readonly kind?: TaskInputKind;
  /** Needed whenever it is visible. */
  readonly required?: boolean;
  readonly default?: string;
  /** Of a `pick`: the values; one with a macro in it is checked only when the step runs. */
  readonly allowed?: readonly string[];
  /** A rule over other inputs, as `targetType = inline && pwsh != true`; without one, always. */
  readonly visibleWhen?: string;
}

const taskInputKinds = [
  'string',
  'multiline',
  'boolean',
  'integer',
  'path',
  'pick',
  'connection',
  'secureFile',
] as const;
export type TaskInputKind = (typeof taskInputKinds)[number];

type Options = Omit<TaskInput, 'name' | 'kind' | 'allowed'>;

/** Short forms, so that a task's inputs read as a table. */
export const input = {
  text: (name: string, options: Options = {}): TaskInput => ({ name, ...options }),
  lines: (name: string, options: Options = {}): TaskInput => ({
    name,
    kind: 'multiline',
    ...options,
  }),
  path: (name: string, options: Options = {}): TaskInput => ({ name, kind: 'path', ...options }),
  flag: (name: string, standard: boolean, options: Options = {}): TaskInput => ({
    name,
    kind: 'boolean',
    default: String(standard),
    ...options,
  }),
  integer: (name: string, options: Options = {}): TaskInput => ({
    name,
    kind: 'integer',
    ...options,
  }),
  pick: (name: string, allowed: readonly string[], options: Options = {}): TaskInput => ({
    name,
    kind: 'pick',
    allowed,
    ...options,
  }),
  connection: (name: string, options: Options = {}): TaskInput => ({
    name,
    kind: 'connection',
    ...options,
  }),
  secureFile: (name: string, options: Options = {}): TaskInput => ({
    name,
    kind: 'secureFile',
    ...options,
  }),
} as const;
