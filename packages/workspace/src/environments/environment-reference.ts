// The references by which jobs name environments, and what can be said of those that lead nowhere.

import { didYouMean } from '@ridgeline/tabular';
import { quote } from '../checks/check-text.ts';
import { knownNames } from '../checks/known-names.ts';
import { RidgelineError } from '../errors.ts';
import { suggestOwn } from './azure-curated.ts';

export const defaultReference = 'azureml:ridgeline-node:1';
const nodeName = 'ridgeline-node';
const nodeReferences = [`azureml:${nodeName}@latest`, defaultReference];

export interface EnvironmentReference {
  readonly name: string;
  /** Or 'latest'. */
  readonly version: string;
}

/** Null stands for the default, too. */
export function isNode(reference: string | null): boolean {
  return reference === null || nodeReferences.includes(reference);
}

/** Null where it names nothing that could be there. */
export function parseReference(reference: string): EnvironmentReference | null {
  const [, name, version = 'latest'] =
    /^azureml:([^:@/]+)(?::([^:@/]+)|@latest)$/.exec(reference) ?? [];
  if (name === undefined || name === nodeName || isReserved(name)) return null;
  return { name, version };
}

/** @param known names of environments that this workspace has. */
export function notFound(reference: string, known: readonly string[]): RidgelineError {
  const name = reference.replace(/^azureml:(\/\/.*environments\/)?/, '').replace(/[:@/].*$/, '');
  const message = [
    `environment ${quote(reference)} does not exist`,
    didYouMean(
      name,
      known.filter((other) => other !== name),
    ),
    `; this workspace has ${nodeReferences.join(' and ')}, of which a step that names none gets `,
    `the first, and of its own ${knownNames(known)}. `,
    suggestOwn(name),
  ];
  return new RidgelineError('ENVIRONMENT_NOT_FOUND', message.join(''));
}

/** @throws RidgelineError ENVIRONMENT_INVALID where a name means something already. */
export function assertNameFree(name: string): void {
  if (name !== nodeName && !isReserved(name)) return;
  const message =
    `an environment cannot be named '${name}': names that start with 'AzureML-' are those of Azure ` +
    `ML's own, and '${nodeName}' is built in; choose another name`;
  throw new RidgelineError('ENVIRONMENT_INVALID', message);
}

function isReserved(name: string): boolean {
  return name.toLowerCase().startsWith('azureml-');
}
