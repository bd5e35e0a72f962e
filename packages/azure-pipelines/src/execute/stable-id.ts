// Ids in the form that programs expect of ids: the same text gives the same one, on every machine.

import { createHash } from 'node:crypto';

/** A UUID of version 5, of a name space of our own. */
export function stableId(text: string): string {
  const bytes = createHash('sha1').update(`ridgeline:${text}`).digest().subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x50;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return [
    [0, 8],
    [8, 12],
    [12, 16],
    [16, 20],
    [20, 32],
  ]
    .map(([start, end]) => hex.slice(start, end))
    .join('-');
}

/** As environments have them: from 0 to 2^28. */
export function stableNumber(text: string): string {
  return String(Number.parseInt(stableId(text.toLowerCase()).slice(0, 7), 16));
}
