// Joins what the runner of a job gives with a step's inputs, and runs the parts of a task so that
// whatever a user can cause ends as an outcome.

import type { ServerTaskContext } from './server/server-task.ts';
import type {
  AgentTask,
  PostContext,
  ServerTask,
  TaskContext,
  TaskDefinition,
  TaskRuntime,
} from './task.ts';
import { StepInputs } from './task-inputs.ts';
import { failed, succeeded, TaskFailure, type TaskOutcome } from './task-outcome.ts';

/** `given`: the step's inputs, with macros expanded. */
export function taskContext(
  task: TaskDefinition,
  given: ReadonlyMap<string, string>,
  runtime: TaskRuntime,
): TaskContext {
  const ready = expandDefaults(task, (name) => runtime.variables.get(name));
  const inputs = new StepInputs(ready, given, runtime.folders.workingDirectory);
  return Object.assign(Object.create(runtime) as TaskRuntime, inputMethods(inputs));
}

/** A definition's defaults may hold macros of predefined variables, as task.json files do. */
function expandDefaults<T extends TaskDefinition>(
  task: T,
  valueFor: (name: string) => string | undefined,
): T {
  const expand = (text: string) =>
    text.replace(/\$\(([^()]+)\)/g, (all, name) => valueFor(name) ?? all);
  const inputs = task.inputs.map((one) =>
    one.default === undefined ? one : { ...one, default: expand(one.default) },
  );
  return { ...task, inputs };
}

export function postContext(
  context: TaskContext,
  jobResult: PostContext['jobResult'],
): PostContext {
  return Object.assign(Object.create(context) as TaskContext, { jobResult });
}

export function serverTaskContext(
  task: ServerTask,
  given: ReadonlyMap<string, string>,
  runtime: Pick<ServerTaskContext, 'host' | 'variables' | 'signal' | 'log'>,
): ServerTaskContext {
  const inputs = inputMethods(new StepInputs(task, given));
  return Object.assign(Object.create(runtime) as typeof runtime, inputs);
}

/** Never rejects for what a user can cause; other errors are ours and go through. */
export function runTask(task: AgentTask, context: TaskContext): Promise<TaskOutcome> {
  return outcomeOf(() => task.run(context), context.signal);
}

export function runServerTask(task: ServerTask, context: ServerTaskContext): Promise<TaskOutcome> {
  return outcomeOf(() => task.run(context), context.signal);
}

export function runPre(task: AgentTask, context: TaskContext): Promise<TaskOutcome> {
  return outcomeOf(async () => (await task.pre?.(context)) ?? succeeded, context.signal);
}

export function runPost(task: AgentTask, context: PostContext): Promise<TaskOutcome> {
  return outcomeOf(async () => (await task.post?.(context)) ?? succeeded, context.signal);
}

async function outcomeOf(
  part: () => Promise<TaskOutcome>,
  signal: AbortSignal,
): Promise<TaskOutcome> {
  try {
    return await part();
  } catch (error) {
    if (signal.aborted) return { result: 'canceled', message: 'The step was canceled' };
    if (error instanceof TaskFailure) return failed(error.message);
    // The file system's refusals name their path: they are the user's to read.
    if (isSystemError(error)) return failed(error.message);
    throw error;
  }
}

function isSystemError(error: unknown): error is Error {
  return error instanceof Error && 'syscall' in error && 'code' in error;
}

function inputMethods(inputs: StepInputs) {
  return {
    values: inputs.values,
    input: (name: string) => inputs.input(name),
    requiredInput: (name: string) => inputs.requiredInput(name),
    boolInput: (name: string) => inputs.boolInput(name),
    integerInput: (name: string) => inputs.integerInput(name),
    linesInput: (name: string) => inputs.linesInput(name),
    pathInput: (name: string) => inputs.pathInput(name),
  };
}
