// Why a pipeline cannot use what it names: there is none of that name, or it is not allowed to.
import { didYouMean, listNames, shorten } from '@ridgeline/azure-pipelines';
import { DeliveryError, type DeliveryErrorCode } from '../errors.ts';
import { type AssetKind, commandOf, type PermittedKind } from './asset-kind.ts';

export interface AssetProblem {
  /** As the pipeline has it. */
  readonly name: string;
  readonly code: DeliveryErrorCode;
  readonly message: string;
}

export function notFound(kind: AssetKind, name: string, known: readonly string[]): AssetProblem {
  const others = known.length === 0 ? 'there is none yet' : `there is ${listNames(known)}`;
  const next = `create it with '${commandOf(kind)} create'`;
  const message = `there is no ${kind.what} '${shorten(name)}'; ${others}.${didYouMean(name, known)} Or ${next}.`;
  return { name, code: kind.notFound, message };
}

export function notPermitted(kind: PermittedKind, name: string, pipeline: string): AssetProblem {
  const command = `${commandOf(kind)} update '${name}' --allow-pipeline '${pipeline}'`;
  const message = `the pipeline '${pipeline}' may not use the ${kind.what} '${name}'; allow it with: ${command}`;
  return { name, code: kind.notPermitted, message };
}

/** @throws DeliveryError with the code of the first and the messages of all */
export function throwProblems(problems: readonly AssetProblem[]): void {
  const [first] = problems;
  if (first === undefined) return;
  throw new DeliveryError(first.code, problems.map(({ message }) => message).join('\n'));
}
