// The tasks that are known, found by name, GUID or an extension's long name, in any case.

import type { DiagnosticSink } from '../diagnostic/diagnostic-sink.ts';
import type { Step } from '../pipeline/step.ts';
import { checkTaskInputs } from './check-task-inputs.ts';
import type { TaskDefinition } from './task.ts';

export interface TaskReference {
  readonly name: string;
  /** `2`, `2.*`, `2.1.0`; of the last only the major version counts. */
  readonly version: string | number;
}

export class TaskRegistry {
  readonly #byName = new Map<string, TaskDefinition[]>();

  constructor(tasks: Iterable<TaskDefinition> = []) {
    for (const task of tasks) this.add(task);
  }

  /** A task that comes later is found before an earlier one of the same name and version. */
  add(task: TaskDefinition): this {
    for (const name of [task.name, ...(task.ids ?? [])]) {
      const key = name.toLowerCase();
      this.#byName.set(key, [task, ...(this.#byName.get(key) ?? [])]);
    }
    return this;
  }

  /** A new registry whose tasks hide those of this one. */
  with(tasks: Iterable<TaskDefinition>): TaskRegistry {
    return new TaskRegistry([...this.all().reverse(), ...tasks]);
  }

  find(reference: TaskReference): TaskDefinition | undefined {
    const major = majorOf(reference.version);
    return this.named(reference.name).find((task) => task.versions.includes(major));
  }

  /** Reports what is wrong with a step's task, version and inputs. */
  checkStep(step: Step, sink: DiagnosticSink): void {
    checkTaskInputs(step, sink, this);
  }

  /** Every definition of a name, whatever its versions. */
  named(name: string): readonly TaskDefinition[] {
    const whole = this.#byName.get(name.toLowerCase());
    if (whole !== undefined) return whole;
    // `publisher.extension.contribution.Task` of an extension that is known by its last part only.
    const last = name.slice(name.lastIndexOf('.') + 1);
    return last === name ? [] : (this.#byName.get(last.toLowerCase()) ?? []);
  }

  names(): readonly string[] {
    return [...new Set(this.all().map((task) => task.name))].sort();
  }

  all(): TaskDefinition[] {
    return [...new Set([...this.#byName.values()].flat())];
  }
}

function majorOf(version: string | number): number {
  return Number.parseInt(String(version), 10);
}
