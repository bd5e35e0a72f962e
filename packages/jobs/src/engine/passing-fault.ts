// Tells what breaks the work on a job off and is over by itself some day: then the job goes on, as it
// does when the server starts again.
import { isDiskFull, RidgelineError } from '@ridgeline/workspace';

const codes: readonly string[] = ['DATABASE_BUSY', 'DATABASE_UNREACHABLE'];

export function isPassingFault(error: unknown): boolean {
  return isDiskFull(error) || (error instanceof RidgelineError && codes.includes(error.code));
}
