// Azure ML's addresses in tests, and pipelines to start by them.
import type { PublishedPipeline } from '@ridgeline/jobs';
import type { TestApp } from './test-app.ts';

export const workspacePath =
  '/subscriptions/sub-1/resourceGroups/group/providers/Microsoft.MachineLearningServices/workspaces/ridgeline';
export const pipelinesPath = `/pipelines/v1.0${workspacePath}/PipelineRuns`;
export const historyPath = `/history/v1.0${workspacePath}`;
export const servicesPath = `/modelmanagement/v1.0${workspacePath}/services`;

/** Prints its parameters; `command` comes after. */
export function echoDefinition(command = 'true'): string {
  const names = ['model_name', 'alpha'];
  const words = names.map((name) => `\${{inputs.${name}}}`).join(' ');
  const inputs = names.map((name) => [name, `\${{parent.inputs.${name}}}`]);
  return JSON.stringify({
    type: 'pipeline',
    description: 'Says what it is given',
    inputs: { model_name: 'model', alpha: 0.5 },
    jobs: {
      say: { command: `echo ${words}; ${command}`, inputs: Object.fromEntries(inputs) },
    },
  });
}

let count = 0;

/** A published pipeline, behind an endpoint of its name. */
export async function publishEcho(
  { context }: Pick<TestApp, 'context'>,
  definition = echoDefinition(),
): Promise<PublishedPipeline> {
  count += 1;
  const name = `echo-${count}`;
  const submission = { definition, fileName: 'echo.yml', code: {}, uploads: {} };
  return context.pipelines.publish({ name, submission, endpoint: name });
}
