// The Range header of a request for a file: one range of bytes. What names several, or other units,
// is answered with the whole file, as RFC 9110 allows.
import type { ByteRange } from '@ridgeline/workspace';

export function byteRangeOf(header: string | undefined): ByteRange | undefined {
  const [, start, end = ''] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? '') ?? [];
  if (start === undefined || (start === '' && end === '')) return undefined;
  if (start === '') return { last: Number(end) };
  if (end === '') return { start: Number(start) };
  // A range that ends before it begins is no range.
  return Number(end) < Number(start) ? undefined : { start: Number(start), end: Number(end) };
}
