// Tasks that only say what they would do: named ones of a run (`--mock`), or all of a dry run.
import { didYouMean } from '../diagnostic/did-you-mean.ts';
import type { AgentTask, ServerTask, TaskDefinition, TaskInputs } from '../task/task.ts';
import type { TaskInput } from '../task/task-input.ts';
import type { TaskOutcome } from '../task/task-outcome.ts';
import { TaskRegistry } from '../task/task-registry.ts';

export type MockedResult = 'succeeded' | 'failed';

/** The mocked tasks laid over the registry; a name that is not known there is one all the same. */
export function withMocks(
  tasks: TaskRegistry,
  mocks: Readonly<Record<string, MockedResult>>,
): TaskRegistry {
  const mocked = Object.entries(mocks).flatMap(([name, result]) => {
    const known = tasks.named(name);
    const task = known.length > 0 ? known : [unknownTask(name)];
    return task.map((each) => mockOf(each, result, 'mocked'));
  });
  return tasks.with(mocked);
}

export function dryTasks(tasks: TaskRegistry): TaskRegistry {
  return new TaskRegistry(tasks.all().map((task) => mockOf(task, 'succeeded', 'dry run')));
}

/** Words that name no task here are mostly misspelt: a hint, and no mistake. */
export function mockHints(tasks: TaskRegistry, names: Iterable<string>): readonly string[] {
  return [...names]
    .filter((name) => tasks.named(name).length === 0)
    .map(
      (name) =>
        `--mock ${name}: no task of that name is built in.${didYouMean(name, tasks.names())}`,
    );
}

function mockOf(task: TaskDefinition, result: MockedResult, why: string): TaskDefinition {
  const { unsupported: _, ...rest } = task;
  const known = { ...rest, inputs: task.inputs.map(withoutCredentials) };
  const run = async (context: TaskInputs & { log(line: string): void }) => {
    context.log(`##[command]${task.name} (${why})`);
    for (const [name, value] of context.values) context.log(`  ${name}: ${oneLine(value)}`);
    return outcomeOf(result);
  };
  return known.runsOn === 'server'
    ? ({ ...known, run } satisfies ServerTask)
    : ({ ...withoutParts(known), run } satisfies AgentTask);
}

function withoutParts({
  pre: _pre,
  post: _post,
  ...task
}: AgentTask): Omit<AgentTask, 'pre' | 'post'> {
  return task;
}

function outcomeOf(result: MockedResult): TaskOutcome {
  if (result === 'succeeded') return { result };
  return { result, message: 'The task was mocked as failed' };
}

/** Commands in a script that is only shown must not be obeyed. */
function oneLine(value: string): string {
  return value.replaceAll('##vso[', '##vso [').replaceAll(/\r?\n/g, '\n      ');
}

/** What a mocked task would sign in with need not be known here. */
function withoutCredentials({ kind, ...input }: TaskInput): TaskInput {
  const isPlain = kind === undefined || kind === 'connection' || kind === 'secureFile';
  return isPlain ? input : { ...input, kind };
}

const anyVersion = Array.from({ length: 100 }, (_, version) => version);

function unknownTask(name: string): AgentTask {
  const run = async () => outcomeOf('succeeded');
  return { name, versions: anyVersion, inputs: [], openInputs: true, runsOn: 'agent', run };
}
