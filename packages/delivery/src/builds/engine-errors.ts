// What can be said against what is asked of a build.
import { isSuccess, OrchestrateError } from '@ridgeline/azure-pipelines';
import { DeliveryError } from '../errors.ts';

export function isGood(result: string): boolean {
  return result === 'skipped' || isSuccess(result as 'succeeded');
}

/** What the pipeline says against stages that are to be left out. */
export function asDeliveryError(error: unknown): never {
  if (error instanceof OrchestrateError)
    throw new DeliveryError('BUILD_INVALID', error.message, { cause: error });
  throw error;
}

export function ended(id: string): DeliveryError {
  return new DeliveryError('BUILD_ENDED', `build ${id} has ended already`);
}

export function stillRuns(id: string): DeliveryError {
  const message = `build ${id} has not ended; wait for it, or cancel it`;
  return new DeliveryError('BUILD_STILL_RUNS', message);
}

export function nothingFailed(id: string): DeliveryError {
  const message = `nothing of build ${id} has failed; queue a new one, or run all of it again`;
  return new DeliveryError('BUILD_NOTHING_FAILED', message);
}
