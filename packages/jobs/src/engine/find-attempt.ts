// Looks for the process of an attempt that an earlier server has started.
import path from 'node:path';
import { localComputeName } from '@ridgeline/workspace';
import type { StepRunner } from '../runner/step-runner.ts';
import type { FoundProcess } from '../step/supervise.ts';
import { type Attempt, attemptFolder } from './attempt.ts';
import type { EngineContext } from './engine-context.ts';
import { isRefusal } from './refusal.ts';

/** Where its compute is no longer there, nothing of it is found either. */
export async function findAttempt(
  context: EngineContext,
  {
    compute: name,
    outputs: names,
  }: { readonly compute: string; readonly outputs: Iterable<string> },
  attempt: Attempt,
): Promise<FoundProcess> {
  const folder = attemptFolder(context, attempt);
  const { computes } = context.workspace;
  const compute = await computes.get(name).catch((error) => {
    if (isRefusal(error)) return computes.get(localComputeName);
    throw error;
  });
  const outputs = new Map([...names].map((output) => [output, path.join(folder.outputs, output)]));
  return runnerOf(context, compute.kind).find({ attempt, compute, folder, outputs });
}

export function runnerOf({ runners }: EngineContext, kind: string): StepRunner {
  const runner = runners.get(kind);
  if (runner === undefined)
    throw new Error(`nothing here runs steps on a compute of kind '${kind}'`);
  return runner;
}
