// Server tasks run where there is no agent, and only there.

import type { DiagnosticSink } from '../../diagnostic/diagnostic-sink.ts';
import { listNames } from '../../diagnostic/did-you-mean.ts';
import { placeOfTask, serverTaskExamples } from '../../schema/server-tasks.ts';
import { stepLists } from '../all-steps.ts';
import type { Job, Pipeline } from '../pipeline.ts';
import type { Step } from '../step.ts';

export function checkServerTasks(pipeline: Pipeline, sink: DiagnosticSink): void {
  for (const { job, pool, steps } of stepLists(pipeline)) {
    for (const step of steps) {
      const place = placeOfTask(step.task.name);
      if (place === 'unknown') continue;
      if (pool?.kind === 'server' && place === 'agent') reportAgentTask(step, job, sink);
      if (pool?.kind !== 'server' && place === 'server') reportServerTask(step, job, sink);
    }
  }
}

function reportServerTask({ task, origin }: Step, job: Job, sink: DiagnosticSink): void {
  const name = `${task.name}@${task.version}`;
  const message = `"${name}" is a server task, and the job "${job.id}" runs on an agent. Move it into a job with "pool: server".`;
  sink.report('SERVER_TASK_ON_AGENT', origin, message);
}

function reportAgentTask({ task, origin }: Step, job: Job, sink: DiagnosticSink): void {
  const name = `${task.name}@${task.version}`;
  const message = `"${name}" needs an agent, and the job "${job.id}" has "pool: server", where only server tasks run, such as ${listNames(serverTaskExamples)}. Move it into another job.`;
  sink.report('AGENT_TASK_ON_SERVER', origin, message);
}
