// A part of a file's bytes, as a request for it names it.
import { RidgelineError } from '../errors.ts';

/** Of a file: its first and its last byte, or so many of its last ones. */
export type ByteRange =
  | { readonly start: number; readonly end?: number | undefined }
  | { readonly last: number };

/**
 * The first and the last byte, both among the file's.
 * @throws RidgelineError ARTIFACT_RANGE_INVALID where the file has none of them
 */
export function boundsOf(
  range: ByteRange,
  path: string,
  totalBytes: number,
): readonly [number, number] {
  const start = 'last' in range ? Math.max(0, totalBytes - range.last) : range.start;
  const end =
    'last' in range ? totalBytes - 1 : Math.min(range.end ?? totalBytes - 1, totalBytes - 1);
  if (start <= end && start < totalBytes) return [start, end];
  const message = `'${path}' has ${totalBytes} bytes, and the range that was asked for is not among them`;
  throw new RidgelineError('ARTIFACT_RANGE_INVALID', message);
}
