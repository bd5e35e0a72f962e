// A stage that is to be started by hand goes on when a person says so.
import type { Stage } from '../pipeline/pipeline.ts';
import type { Ask, LocalRunListener } from './local-run-listener.ts';

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
