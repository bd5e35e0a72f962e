// Tar archives made by hand, byte by byte, so that tests can hold what no packer would write.

export interface HandmadeEntry {
  readonly path: string;
  /** The type flag of the header. Default '0', a file. */
  readonly type?: string;
  readonly content?: string | Uint8Array;
  /** Default 0o644. */
  readonly mode?: number;
  readonly linkPath?: string;
  /** What the header says; default the true size. */
  readonly size?: number;
}

const blockBytes = 512;
export const endMark = Buffer.alloc(2 * blockBytes);

/** A whole archive: entries and end mark. */
export function tarOf(...entries: readonly HandmadeEntry[]): Buffer {
  return Buffer.concat([...entries.map(tarEntry), endMark]);
}

/** Header, content and padding of one entry. */
export function tarEntry(entry: HandmadeEntry): Buffer {
  const content = Buffer.from(entry.content ?? '');
  const padding = Buffer.alloc((blockBytes - (content.length % blockBytes)) % blockBytes);
  return Buffer.concat([tarHeader(entry, content.length), content, padding]);
}

/** A file whose path stands in a pax extended header, as packers write long ones. */
export function paxEntry(path: string, entry: Omit<HandmadeEntry, 'path'> = {}): Buffer {
  return Buffer.concat([
    tarEntry({ path: 'PaxHeader/x', type: 'x', content: paxRecord('path', path) }),
    tarEntry({ ...entry, path: 'short' }),
  ]);
}

function paxRecord(key: string, value: string): string {
  const rest = ` ${key}=${value}\n`;
  const restBytes = Buffer.byteLength(rest);
  // The length counts its own digits.
  let length = restBytes + 1;
  while (String(length).length + restBytes !== length) length += 1;
  return length + rest;
}

function tarHeader(entry: HandmadeEntry, contentBytes: number): Buffer {
  const header = Buffer.alloc(blockBytes);
  header.write(entry.path, 0, 100);
  header.write(octal(entry.mode ?? 0o644, 8), 100);
  header.write(octal(0, 8), 108);
  header.write(octal(0, 8), 116);
  header.write(octal(entry.size ?? contentBytes, 12), 124);
  header.write(octal(0, 12), 136);
  header.write(' '.repeat(8), 148);
  header.write(entry.type ?? '0', 156);
  header.write(entry.linkPath ?? '', 157, 100);
  header.write('ustar\x0000', 257, 'latin1');
  const checksum = header.reduce((sum, byte) => sum + byte, 0);
  header.write(`${checksum.toString(8).padStart(6, '0')}\0 `, 148);
  return header;
}

function octal(value: number, width: number): string {
  return `${value.toString(8).padStart(width - 1, '0')}\0`;
}
