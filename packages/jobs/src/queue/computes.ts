// The computes that steps run on, as the workspace keeps them.
import {
  type Compute,
  localComputeName,
  RidgelineError,
  type Workspace,
} from '@ridgeline/workspace';
import { JobError } from '../errors.ts';

/** @throws JobError COMPUTE_NOT_FOUND, with what to type to have it */
export async function findCompute(
  { computes }: Workspace,
  name: string,
  askedBy: string,
): Promise<Compute> {
  try {
    return await computes.get(name);
  } catch (error) {
    if (!(error instanceof RidgelineError) || error.code !== 'COMPUTE_NOT_FOUND') throw error;
    const message =
      `${askedBy} asks for the compute '${name}', which does not exist; use ` +
      `'azureml:${localComputeName}', or type: ridgeline compute create --name ${name} --max-instances 4`;
    throw new JobError('COMPUTE_NOT_FOUND', message);
  }
}
