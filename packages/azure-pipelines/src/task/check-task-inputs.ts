// Checks steps against the definitions of their tasks before anything runs: the task and its
// version are known, its inputs are, they fit, and none is missing.

import type { DiagnosticSink } from '../diagnostic/diagnostic-sink.ts';
import { didYouMean, listNames, shorten } from '../diagnostic/did-you-mean.ts';
import type { Step } from '../pipeline/step.ts';
import type { TaskDefinition } from './task.ts';
import type { TaskInput } from './task-input.ts';
import { inputNamed, resolveInputs } from './task-inputs.ts';
import type { TaskRegistry } from './task-registry.ts';
import { isVisible } from './visible-rule.ts';

export function checkTaskInputs(step: Step, sink: DiagnosticSink, tasks: TaskRegistry): void {
  const task = tasks.find(step.task);
  if (task === undefined) {
    reportUnknown(step, sink, tasks);
    return;
  }
  if (task.unsupported !== undefined) {
    const message = `The task "${task.name}" does not run here. ${task.unsupported}`;
    sink.report('TASK_NOT_SUPPORTED', step.origin, message);
  }
  checkGiven(step, task, sink);
  checkMissing(step, task, sink);
}

function reportUnknown(step: Step, sink: DiagnosticSink, tasks: TaskRegistry): void {
  const { name, version } = step.task;
  const known = tasks.named(name);
  if (known.length === 0) {
    // Extensions are called by long names, of which the last part is the task's.
    const near = didYouMean(name.slice(name.lastIndexOf('.') + 1), tasks.names());
    const next = near || ' Mock it, or register its folder with the task.json.';
    sink.report(
      'TASK_UNKNOWN',
      step.origin,
      `The task "${shorten(name)}" is not known here.${next}`,
    );
    return;
  }
  const versions = [...new Set(known.flatMap((one) => one.versions))].sort((a, b) => a - b);
  const have = listNames(versions.map((one) => `${name}@${one}`));
  const message = `The task "${name}" has no version ${shorten(version)}. There is ${have}.`;
  sink.report('TASK_VERSION_UNKNOWN', step.origin, message);
}

function checkGiven(step: Step, task: TaskDefinition, sink: DiagnosticSink): void {
  for (const [name, value] of step.inputs) {
    const known = inputNamed(task.inputs, name);
    if (known !== undefined) checkValue(task, known, value.text, sink, value.origin);
    else if (task.openInputs !== true) {
      const near = didYouMean(name, namesOf(task.inputs));
      const message = `The task "${task.name}" has no input "${shorten(name)}", so it has no effect.${near}`;
      sink.report('TASK_INPUT_UNKNOWN', value.origin, message);
    }
  }
}

function namesOf(inputs: readonly TaskInput[]): string[] {
  return inputs.flatMap((one) => [one.name, ...(one.aliases ?? [])]);
}

function checkValue(
  task: TaskDefinition,
  known: TaskInput,
  value: string,
  sink: DiagnosticSink,
  origin: Step['origin'],
): void {
  // What a macro gives is not known yet.
  if (/\$[([]/.test(value) || value.trim() === '') return;
  const expected = expectedValue(known, value.trim());
  if (expected === undefined) return;
  const near = known.allowed === undefined ? '' : didYouMean(value, known.allowed);
  const message = `The input "${known.name}" of "${task.name}" is "${shorten(value)}"; expected ${expected}.${near}`;
  sink.report('TASK_INPUT_INVALID', origin, message);
}

/** What should stand there, when the value does not fit. */
function expectedValue(known: TaskInput, value: string): string | undefined {
  if (known.kind === 'boolean')
    return /^(true|false)$/i.test(value) ? undefined : '"true" or "false"';
  if (known.kind === 'integer') return /^-?\d+$/.test(value) ? undefined : 'a whole number';
  const allowed = known.allowed ?? [];
  if (known.kind !== 'pick' || allowed.some((one) => one.toLowerCase() === value.toLowerCase()))
    return undefined;
  return listNames(allowed);
}

function checkMissing(step: Step, task: TaskDefinition, sink: DiagnosticSink): void {
  const given = new Map([...step.inputs].map(([name, value]) => [name, value.text]));
  const values = resolveInputs(task, given);
  const valueFor = (name: string) => {
    const known = inputNamed(task.inputs, name);
    return (known === undefined ? undefined : values.get(known.name)) ?? '';
  };
  for (const one of task.inputs) {
    if (one.required !== true || one.default !== undefined || values.has(one.name)) continue;
    if (!isVisible(one.visibleWhen, valueFor)) continue;
    const when = one.visibleWhen === undefined ? '' : ` while ${one.visibleWhen}`;
    const name = one.aliases?.[0] ?? one.name;
    const message = `The task "${task.name}" needs the input "${name}"${when}. Add it to the step's "inputs".`;
    sink.report('TASK_INPUT_MISSING', step.origin, message);
  }
}
