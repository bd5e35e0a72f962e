// Tells what breaks work off and is over by itself some day: then the work can go on, as it does when
// the server starts again.
import { RidgelineError } from '../errors.ts';
import { isDiskFull } from '../files/disk-full.ts';

const codes: readonly string[] = [
  'DATABASE_BUSY',
  'DATABASE_UNREACHABLE',
  'ARTIFACT_STORE_UNREACHABLE',
];

export function isPassingFault(error: unknown): boolean {
  return isDiskFull(error) || (error instanceof RidgelineError && codes.includes(error.code));
}
