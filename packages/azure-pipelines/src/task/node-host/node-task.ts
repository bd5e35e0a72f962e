// Runs a task that someone else wrote for agents: a folder with a `task.json` and a Node script.

import { resolve } from 'node:path';
import type { AgentTask, TaskContext } from '../task.ts';
import type { TaskInput, TaskInputKind } from '../task-input.ts';
import { failed, succeeded, type TaskOutcome } from '../task-outcome.ts';
import { nodeEnvironment } from './node-environment.ts';
import {
  type ManifestInput,
  type NodeHandler,
  readTaskManifest,
  type TaskManifest,
} from './task-manifest.ts';

/** @throws TaskFailure for a folder that holds no task that Node can run */
export async function loadNodeTask(folder: string): Promise<AgentTask> {
  return nodeTask(await readTaskManifest(resolve(folder)));
}

function nodeTask(manifest: TaskManifest): AgentTask {
  const { pre, main, post } = manifest;
  const part = (handler: NodeHandler) => (context: TaskContext) =>
    runHandler(manifest, handler, context);
  return {
    name: manifest.name,
    ...(manifest.id === undefined ? {} : { ids: [manifest.id] }),
    versions: [manifest.major],
    runsOn: 'agent',
    inputs: manifest.inputs.map(taskInput),
    outputVariables: manifest.outputVariables,
    run: part(main),
    ...(pre === undefined ? {} : { pre: part(pre) }),
    ...(post === undefined ? {} : { post: part(post) }),
  };
}

/** How it ended is said by its `task.complete` commands and by its exit code: the worse of both. */
async function runHandler(
  manifest: TaskManifest,
  handler: NodeHandler,
  context: TaskContext,
): Promise<TaskOutcome> {
  const env = await nodeEnvironment(manifest, context);
  const cwd = resolve(context.folders.workingDirectory, handler.workingDirectory ?? '.');
  const node = context.inContainer === true ? 'node' : process.execPath;
  const result = await context.run(node, [handler.script], { cwd, env });
  if (result.exitCode === 0) return succeeded;
  return failed(`The task ${manifest.name} exited with code ${result.exitCode}`);
}

function taskInput(one: ManifestInput): TaskInput {
  const { defaultValue, visibleRule, options } = one;
  const kind = kindOf(one);
  return {
    name: one.name,
    aliases: one.aliases,
    kind,
    required: one.required,
    // An empty default is no value: a required input that has one is still to be given.
    ...(defaultValue === undefined || defaultValue === '' ? {} : { default: defaultValue }),
    ...(visibleRule === undefined ? {} : { visibleWhen: visibleRule }),
    ...(kind === 'pick' && options !== undefined ? { allowed: options } : {}),
  };
}

const kinds: Readonly<Record<string, TaskInputKind>> = {
  boolean: 'boolean',
  filepath: 'path',
  int: 'integer',
  multiline: 'multiline',
  picklist: 'pick',
  radio: 'pick',
  securefile: 'secureFile',
};

function kindOf({ type, options }: ManifestInput): TaskInputKind {
  if (/^connectedService(:|$)/i.test(type)) return 'connection';
  const kind = kinds[type.toLowerCase()] ?? 'string';
  return kind === 'pick' && options === undefined ? 'string' : kind;
}
