// The end of a composite step: its outputs are put where they belong, its run says what it has come
// to, its state is written. The state comes last, so that a server that dies before does it again.
import type { CompositeResult } from '../composite/composite.ts';
import type { JobFailure } from '../job/job.ts';
import type { StepOutcome } from '../step/step-outcome.ts';
import type { ActiveComposite } from './active-step.ts';
import { noteBestTrial } from './best-trial.ts';
import type { CompositeHost } from './composite-run.ts';
import { endRun } from './end-run.ts';
import type { EngineContext } from './engine-context.ts';
import { gatherOutputs } from './gather-outputs.ts';
import { outputFinder } from './output-finder.ts';
import { publishOutputs } from './publish-outputs.ts';

export async function concludeComposite(
  context: EngineContext,
  step: ActiveComposite,
  host: CompositeHost,
  result: CompositeResult,
): Promise<StepOutcome> {
  const failure = result.status === 'Completed' ? await keep(context, step, host, result) : null;
  const outcome: StepOutcome =
    failure === null
      ? { status: result.status, exitCode: null, error: errorOf(result) }
      : { status: 'Failed', exitCode: null, error: failure };
  await endRun(context, step.attempt?.runId ?? '', outcome.status);
  await context.store.updateStep(host.jobId, step.name, {
    status: outcome.status,
    error_code: outcome.error?.code ?? null,
    error_message: outcome.error?.message ?? null,
    ended_at: context.now(),
    ...(result.status === 'Completed' && {
      result: JSON.stringify(result.result),
      decision: result.decision,
    }),
  });
  return outcome;
}

async function keep(
  context: EngineContext,
  step: ActiveComposite,
  host: CompositeHost,
  { result }: Extract<CompositeResult, { status: 'Completed' }>,
): Promise<JobFailure | null> {
  step.result = result;
  if (result.kind === 'condition') step.conditionValue = result.value;
  if (result.kind === 'best') await noteBestTrial(context, step, host.steps.get(result.trial));
  if (step.step.type === 'parallel_for') await gatherOutputs(context, step, host);
  const runId = step.attempt?.runId ?? '';
  // As if it had completed already, to be asked for its outputs.
  const completed = { ...step, status: 'Completed' } as const;
  const { find } = outputFinder(new Map([...host.steps, [step.name, completed]]));
  return publishOutputs(context.workspace, step.step, runId, (name) => find(step.name, name));
}

function errorOf(result: CompositeResult): JobFailure | null {
  return result.status === 'Failed' ? result.error : null;
}
