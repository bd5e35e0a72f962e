// The steps of a definition, those in the bodies of loops among them.
import type { Step } from '@ridgeline/azureml-yaml';

export function allSteps(steps: ReadonlyMap<string, Step>): readonly Step[] {
  return [...steps.values()].flatMap((step) =>
    'body' in step ? [step, ...allSteps(step.body)] : [step],
  );
}

/** What a step runs, where it runs something itself. */
export function workOf(
  step: Step,
): { readonly code: string | null; readonly environment: string | null } | null {
  if (step.type === 'command') return step;
  if (step.type === 'parallel') return step.task;
  return step.type === 'sweep' ? step.trial : null;
}
