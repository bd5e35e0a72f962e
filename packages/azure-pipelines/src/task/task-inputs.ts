// The values of a step's inputs under the definition's names: aliases resolved, defaults filled.

import { resolve } from 'node:path';
import type { TaskDefinition, TaskInputs } from './task.ts';
import type { TaskInput } from './task-input.ts';
import { TaskFailure } from './task-outcome.ts';

/** `given` holds expanded texts under any of the names that an input has, in any case. */
export function resolveInputs(
  task: TaskDefinition,
  given: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const one of task.inputs) {
    if (one.default !== undefined) values.set(one.name, one.default);
  }
  for (const [name, value] of given) {
    values.set(inputNamed(task.inputs, name)?.name ?? name, value.trim());
  }
  return values;
}

export function inputNamed(inputs: readonly TaskInput[], name: string): TaskInput | undefined {
  const wanted = name.toLowerCase();
  return (
    inputs.find((one) => one.name.toLowerCase() === wanted) ??
    inputs.find((one) => one.aliases?.some((alias) => alias.toLowerCase() === wanted))
  );
}

export class StepInputs implements TaskInputs {
  readonly values: ReadonlyMap<string, string>;
  readonly #byLowerName: ReadonlyMap<string, string>;
  readonly #taskName: string;
  readonly #directory: string;

  constructor(task: TaskDefinition, given: ReadonlyMap<string, string>, directory = '.') {
    this.values = resolveInputs(task, given);
    this.#byLowerName = new Map([...this.values].map(([name, v]) => [name.toLowerCase(), v]));
    this.#taskName = task.name;
    this.#directory = directory;
  }

  input(name: string): string | undefined {
    return this.#byLowerName.get(name.toLowerCase()) || undefined;
  }

  requiredInput(name: string): string {
    const value = this.input(name);
    if (value === undefined) {
      throw new TaskFailure(
        `${this.#taskName} needs the input '${name}', which is empty or missing`,
      );
    }
    return value;
  }

  boolInput(name: string): boolean {
    return this.input(name)?.toLowerCase() === 'true';
  }

  integerInput(name: string): number | undefined {
    const value = this.input(name);
    if (value === undefined) return undefined;
    if (/^-?\d{1,9}$/.test(value)) return Number(value);
    throw new TaskFailure(
      `${this.#taskName}: the input '${name}' is '${value}'; expected a whole number`,
    );
  }

  linesInput(name: string): readonly string[] {
    const lines = (this.input(name) ?? '').split(/\r?\n/).map((line) => line.trim());
    return lines.filter((line) => line !== '');
  }

  pathInput(name: string): string | undefined {
    const value = this.input(name);
    return value === undefined ? undefined : resolve(this.#directory, value);
  }
}
