// Where the outputs of steps are kept: with the run of the step itself, or of the step by which a
// composite one has come to its result.
import { turnStepName } from '../composite/child-spec.ts';
import type { ActiveComposite, ActiveSteps } from './active-step.ts';
import type { CompletedRuns, PlacedOutput } from './step-inputs.ts';

export function outputFinder(steps: ActiveSteps): CompletedRuns {
  const find = (name: string, output: string): PlacedOutput | null => {
    const step = steps.get(name);
    if (step === undefined || step.attempt === null || step.status !== 'Completed') return null;
    const type = step.step.outputs.get(output)?.type;
    if (step.kind === 'composite') return ofComposite(step, output);
    return type === undefined ? null : { runId: step.attempt.runId, output, type };
  };
  const ofComposite = (composite: ActiveComposite, output: string): PlacedOutput | null => {
    const { step, result, attempt } = composite;
    if (result?.kind === 'best') return find(result.trial, output);
    if (result?.kind !== 'turns' || attempt === null) return null;
    if (step.type === 'parallel_for') {
      const type = step.outputs.get(output)?.type;
      return type === undefined ? null : { runId: attempt.runId, output, type };
    }
    const from = step.type === 'do_while' ? step.outputsFrom.get(output) : undefined;
    if (from === undefined) return null;
    return find(turnStepName(step.name, result.count - 1, from.step), from.output);
  };
  return { find };
}
