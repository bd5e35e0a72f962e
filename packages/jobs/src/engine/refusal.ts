// Tells what the workspace refuses, as it should, from what is broken.
import { RidgelineError } from '@ridgeline/workspace';

/** Something that was asked for cannot be; asking again changes nothing. */
export function isRefusal(error: unknown): error is RidgelineError {
  return error instanceof RidgelineError && error.status < 500;
}
