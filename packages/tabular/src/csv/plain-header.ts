// The header line of a file that is read the fast way.

import { checkColumnNames } from '../table/check-column-names.ts';
import { scanRecord } from './scan-record.ts';

export interface PlainHeader {
  readonly names: readonly string[];
  /** Bytes up to the first data line. */
  readonly length: number;
}

/** Null where the first line is not a plain and sound header, or does not end within `bytes`. */
export function plainHeader(bytes: Buffer, delimiter: string): PlainHeader | null {
  const end = bytes.indexOf(0x0a) + 1;
  const text = decoded(bytes.subarray(0, end));
  if (text === null || text.includes('\0') || text.includes('"')) return null;
  const scanned = scanRecord(text, 0, delimiter.charCodeAt(0), true);
  if (scanned.end !== text.length || scanned.problem !== null || !scanned.isPlain) return null;
  try {
    return { names: checkColumnNames('', scanned.fields), length: end };
  } catch {
    return null;
  }
}

/** The text without its byte order mark; null where it is not UTF-8. */
function decoded(bytes: Buffer): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
