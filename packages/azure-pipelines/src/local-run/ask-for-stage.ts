// A stage that deploys to an environment, or that is to be started by hand, goes on when a person
// says so. What Azure DevOps asks is settled on the environment there, and not in the file: here
// every environment asks, as the safe reading of what is unknown.
import type { CheckStage } from '../orchestrate/action.ts';
import type { Stage } from '../pipeline/pipeline.ts';
import type { Ask, LocalRunListener } from './local-run-listener.ts';

export async function checkStage(
  { stage, environments }: CheckStage,
  ask: Ask,
  listener: LocalRunListener,
  signal: AbortSignal,
): Promise<'approved' | 'rejected'> {
  if (environments.length === 0) return 'approved';
  const question = { kind: 'approval', stage: stage.id, about: environments } as const;
  const { isApproved, by } = await ask(question, signal);
  if (signal.aborted) return 'rejected';
  const what = `The deployment to ${environments.join(', ')}`;
  listener.note(`${what} was ${isApproved ? 'approved' : 'rejected'} by ${by}`);
  return isApproved ? 'approved' : 'rejected';
}

export async function startManualStage(
  stage: Stage,
  ask: Ask,
  listener: LocalRunListener,
  signal: AbortSignal,
): Promise<boolean> {
  const question = { kind: 'manualStage', stage: stage.id, about: [] } as const;
  const { isApproved, by } = await ask(question, signal);
  if (signal.aborted) return false;
  const what = isApproved ? 'started' : 'left out';
  listener.note(`Stage '${stage.id}', which starts by hand, was ${what} by ${by}`);
  return isApproved;
}
