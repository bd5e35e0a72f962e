// What steps run in. There is one curated environment: the running Node, with the packages that a
// step imports and the commands that it calls. Environments that users define are not its matter yet.
import { RidgelineError } from '../errors.ts';
import { prepareRidgelineNode } from './ridgeline-node.ts';

export interface PreparedEnvironment {
  /** What to set for the step's process; all else is left as it is. */
  readonly env: { readonly PATH: string };
}

const curated = ['azureml:ridgeline-node@latest', 'azureml:ridgeline-node:1'];

export class Environments {
  /**
   * @param reference as written in a job; null for the default.
   * @throws RidgelineError ENVIRONMENT_NOT_FOUND
   */
  assertKnown(reference: string | null): void {
    if (reference === null || curated.includes(reference)) return;
    throw new RidgelineError(
      'ENVIRONMENT_NOT_FOUND',
      `environment '${reference}' does not exist; this workspace has ${curated.join(' and ')}, ` +
        'and a step that names none gets the first',
    );
  }

  /**
   * Makes a step's working folder ready to run in an environment: puts what the environment brings
   * in place, and never replaces what stands in the folder already. It can be repeated.
   * @throws RidgelineError ENVIRONMENT_NOT_FOUND, ENVIRONMENT_CANNOT_PREPARE
   */
  async prepare(reference: string | null, codeFolder: string): Promise<PreparedEnvironment> {
    this.assertKnown(reference);
    return { env: await prepareRidgelineNode(codeFolder) };
  }
}
