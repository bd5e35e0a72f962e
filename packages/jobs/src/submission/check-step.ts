// What a step names, found: its compute, the places of its outputs.
import type { Step } from '@ridgeline/azureml-yaml';
import { localComputeName, type Workspace } from '@ridgeline/workspace';
import { outputUri } from '../engine/output-uri.ts';
import { JobError } from '../errors.ts';
import { findCompute } from '../queue/computes.ts';
import { maxSobolDimensions } from '../sweep/sobol.ts';
import type { Problems } from './problems.ts';

/** @param compute the name of the one that it is to run on */
export async function checkStep(
  workspace: Workspace,
  step: Step,
  compute: string,
  problems: Problems,
): Promise<void> {
  await problems.of(async () => {
    if (compute !== localComputeName) await findCompute(workspace, compute, `step '${step.name}'`);
  });
  await problems.of(() => checkKind(step));
  for (const { path } of step.outputs.values()) {
    if (path === null) continue;
    await problems.of(() => workspace.datastores.resolveUri(outputUri(path, 'run', 'output')));
  }
}

function checkKind(step: Step): void {
  if (step.type === 'parallel' && step.task.kind === 'model') {
    const message = `step '${step.name}' has a task of type 'model'; write one of type 'run_function', with an entry script that loads the model in its init()`;
    throw new JobError('JOB_DEFINITION_INVALID', message);
  }
  if (step.type !== 'sweep' || step.sampling.rule !== 'sobol') return;
  if (step.searchSpace.size <= maxSobolDimensions) return;
  const message = `sweep '${step.name}' has ${step.searchSpace.size} parameters, and the rule 'sobol' takes ${maxSobolDimensions} at most; use 'rule: random'`;
  throw new JobError('JOB_DEFINITION_INVALID', message);
}
