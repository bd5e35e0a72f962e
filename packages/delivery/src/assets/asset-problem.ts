// Why a pipeline cannot use what it names: there is none of that name, or it is not allowed to.
import { didYouMean, listNames } from '@ridgeline/azure-pipelines';
import { DeliveryError, type DeliveryErrorCode } from '../errors.ts';

export interface AssetProblem {
  /** As the pipeline has it. */
  readonly name: string;
  readonly code: DeliveryErrorCode;
  readonly message: string;
}

interface Kind {
  /** Such as `variable group`; the command is called so with a hyphen. */
  readonly what: string;
  readonly notFound: DeliveryErrorCode;
  readonly notPermitted: DeliveryErrorCode;
}

export const groupKind: Kind = {
  what: 'variable group',
  notFound: 'VARIABLE_GROUP_NOT_FOUND',
  notPermitted: 'VARIABLE_GROUP_NOT_PERMITTED',
};
export const connectionKind: Kind = {
  what: 'service connection',
  notFound: 'SERVICE_CONNECTION_NOT_FOUND',
  notPermitted: 'SERVICE_CONNECTION_NOT_PERMITTED',
};
export const environmentKind: Omit<Kind, 'notPermitted'> = {
  what: 'delivery environment',
  notFound: 'DELIVERY_ENVIRONMENT_NOT_FOUND',
};

export function notFound(
  { what, notFound: code }: Omit<Kind, 'notPermitted'>,
  name: string,
  known: readonly string[],
): AssetProblem {
  const others = known.length === 0 ? 'there is none yet' : `there is ${listNames(known)}`;
  const next = `create it with 'ridgeline ${commandOf(what)} create'`;
  const message = `there is no ${what} '${name}'; ${others}.${didYouMean(name, known)} Or ${next}.`;
  return { name, code, message };
}

export function notPermitted(
  { what, notPermitted: code }: Kind,
  name: string,
  pipeline: string,
): AssetProblem {
  const command = `ridgeline ${commandOf(what)} update '${name}' --allow-pipeline '${pipeline}'`;
  const message = `the pipeline '${pipeline}' may not use the ${what} '${name}'; allow it with: ${command}`;
  return { name, code, message };
}

/** @throws DeliveryError with the code of the first and the messages of all */
export function throwProblems(problems: readonly AssetProblem[]): void {
  const [first] = problems;
  if (first === undefined) return;
  throw new DeliveryError(first.code, problems.map(({ message }) => message).join('\n'));
}

function commandOf(what: string): string {
  return what.replaceAll(' ', '-');
}
