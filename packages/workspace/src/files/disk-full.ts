// Tells that a disk has no room left, whoever has noticed: no mistake of the caller's, and over as
// soon as somebody makes room.
import { RidgelineError } from '../errors.ts';
import { hasSystemCode } from './fs-errors.ts';

export function isDiskFull(error: unknown): boolean {
  if (error instanceof RidgelineError) {
    return error.code === 'DATABASE_DISK_FULL' || isDiskFull(error.cause);
  }
  // The second: of a user's share of the disk; the third: of one file.
  return hasSystemCode(error, 'ENOSPC', 'EDQUOT', 'EFBIG');
}
