// The parts of a task as steps of a job: each gets the inputs as they expand at its own start.

import type { AgentTask, PostContext, ServerTask, TaskContext } from '../task/task.ts';
import {
  postContext,
  runPost,
  runPre,
  runServerTask,
  runTask,
  serverTaskContext,
  taskContext,
} from '../task/task-context.ts';
import { failed, type TaskOutcome } from '../task/task-outcome.ts';
import { hostTarget } from './job-containers.ts';
import type { StepPart } from './planned-step.ts';
import { expandInput, stepEnvironment } from './step-environment.ts';
import type { StepScope } from './step-scope.ts';
import { taskRuntime, taskVariables } from './task-runtime.ts';

export function prePart(task: AgentTask): StepPart {
  return agentPart(task, (context) => runPre(task, context));
}

export function mainPart(task: AgentTask): StepPart {
  return agentPart(task, (context) => runTask(task, context));
}

export function postPart(task: AgentTask): StepPart {
  return agentPart(task, (context, jobResult) => runPost(task, postContext(context, jobResult)));
}

type Run = (context: TaskContext, status: PostContext['jobResult']) => Promise<TaskOutcome>;

function agentPart(task: AgentTask, run: Run): StepPart {
  return (scope, signal) => {
    warnOfTarget(scope);
    const inputs = expandedInputs(scope);
    const runtime = taskRuntime(scope, stepEnvironment(scope), signal);
    scope.run.commandTask = async (name, version, given) => {
      const other = scope.parts.job.settings.tasks.find({ name, version: String(version) });
      if (other?.runsOn !== 'agent') throw new Error(`The task ${name}@${version} is not here`);
      const outcome = await runTask(other, taskContext(other, given, runtime));
      if (outcome.result === 'failed') throw new Error(outcome.message ?? `${name} failed`);
    };
    const context = taskContext(task, inputs, runtime);
    return () => run(context, scope.parts.job.status);
  };
}

/** Without an engine, or a container of that name, a step runs on this machine. */
function warnOfTarget(scope: StepScope): void {
  const { step, job } = scope.parts;
  const target = step.target?.container.text;
  if (target === undefined || target === hostTarget || job.containers?.hasTarget(target)) return;
  const message = `Container '${target}' does not run: the step runs on this machine`;
  scope.addIssue({ type: 'warning', message });
}

/** A task of a job that holds no agent: no folders, no processes. */
export function serverPart(task: ServerTask): StepPart {
  return (scope, signal) => {
    const inputs = expandedInputs(scope);
    const host = scope.parts.job.settings.host.serverTasks;
    if (host === undefined)
      return async () => failed(`${task.name} needs a server, and there is none`);
    const { get, isSecret, addSecret } = taskVariables(scope);
    const log = (line: string) => scope.print(line);
    const variables = { get, isSecret, addSecret };
    const context = serverTaskContext(task, inputs, { host, variables, signal, log });
    return () => runServerTask(task, context);
  };
}

function expandedInputs({ parts: { step, job } }: StepScope): ReadonlyMap<string, string> {
  const entries = [...step.inputs].map(
    ([name, { text }]) => [name, expandInput(text, job)] as const,
  );
  return new Map(entries);
}
