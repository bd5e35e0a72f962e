// A stage with `trigger: manual` waits until somebody starts it or leaves it out.
import type { Stage } from '@ridgeline/azure-pipelines';
import type { BuildSurroundings } from './build-surroundings.ts';

/** A build with a stage that nobody starts ends after this; its other stages have long ended. */
const patienceMs = 30 * 86_400_000;

/** Undefined: the question is void. */
export async function askForStart(
  { id, displayName }: Stage,
  attempt: number,
  { build, approvals }: BuildSurroundings,
  signal: AbortSignal,
): Promise<boolean | undefined> {
  const { state } = await approvals.ask(
    {
      buildId: build.build_id,
      question: `start ${id} ${attempt}`,
      kind: 'manualStage',
      stage: id,
      attempt,
      about: [displayName.text],
      instructions: '',
      approvers: [],
      minimum: 1,
      requesterCanApprove: true,
      timeoutMs: patienceMs,
    },
    signal,
  );
  return state === 'canceled' ? undefined : state === 'approved';
}
