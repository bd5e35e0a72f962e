// Why a build has not succeeded: what its steps say is wrong, the end of the log of the first that
// failed, and the log of the job of the workspace that it had started, if that failed.
import type { Build, BuildStep, Job, RidgelineClient } from '@ridgeline/client';
import { printable } from '../../ci/run-printer.ts';
import { CliError } from '../../errors.ts';
import { describeProblems } from '../../output/describe-build.ts';
import { notCompleted } from '../not-completed.ts';

const tailLines = 60;

/** @param job the job of the workspace that the build had started; null where it had not come to that */
export async function buildFailure(
  client: RidgelineClient,
  build: Build,
  job: Job | null,
): Promise<CliError> {
  const { id, pipelineName, result } = build;
  const head = `build ${id} of ${pipelineName} has ${result}; 'ridgeline build logs ${id}' shows all of it`;
  const parts = [head, describeProblems(build), await logOf(client, build)];
  if (job?.status === 'Failed') parts.push((await notCompleted(client, job)).message);
  return new CliError('BUILD_NOT_SUCCEEDED', parts.filter((part) => part !== '').join('\n\n'));
}

async function logOf(client: RidgelineClient, build: Build): Promise<string> {
  const step = failedSteps(build)[0];
  if (step === undefined) return '';
  const lines: string[] = [];
  for await (const more of client.builds.followLog(build.id, step.log)) {
    lines.push(...more);
    lines.splice(0, lines.length - tailLines);
  }
  return [`── log of ${step.name}`, ...lines].map(printable).join('\n');
}

function failedSteps({ stages }: Build): readonly BuildStep[] {
  const steps = stages.flatMap(({ jobs }) => jobs.flatMap((job) => job.steps));
  return steps.filter(({ result }) => result === 'failed');
}
