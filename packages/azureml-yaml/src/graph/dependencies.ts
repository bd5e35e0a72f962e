// Which steps each step of a pipeline waits for.
import type { StepInput } from '../job/port-types.ts';
import type { Step } from '../job/step-types.ts';

/** The steps with `dependsOn` filled in. Bodies of loops wait for each other only: what they need
 * from outside, their loop waits for. */
export function withDependencies(steps: ReadonlyMap<string, Step>): Map<string, Step> {
  return new Map([...steps].map(([name, step]) => [name, dependent(step, steps)]));
}

function dependent(step: Step, level: ReadonlyMap<string, Step>): Step {
  const dependsOn = [...new Set(needed(step))].filter((name) => level.has(name));
  if (!('body' in step)) return { ...step, dependsOn };
  return { ...step, dependsOn, body: withDependencies(step.body) };
}

function needed(step: Step): string[] {
  const names = [...step.inputs.values()].flatMap(producerOf);
  if (step.type === 'parallel_for' && step.items.kind === 'stepOutput') names.push(step.items.step);
  if ('body' in step) names.push(...[...step.body.values()].flatMap(needed));
  if (step.when !== null) names.push(step.when.step);
  return names;
}

function producerOf(input: StepInput): string[] {
  return input.kind === 'stepOutput' ? [input.step] : [];
}
