// A column of many rows as Postgres's own binary form of an array: to write and to read numbers as text
// takes longer than to store them. The form is that of `array_send` in its sources: a head of five
// numbers of 32 bits, then the length and the bytes of each value; all of them big-endian.

export type ColumnWord = 'text' | 'bigint' | 'double precision' | 'boolean';

interface FixedType {
  /** As in `pg_type`. */
  readonly oid: number;
  readonly sizeBytes: number;
  put(bytes: Buffer, value: unknown, offset: number): void;
}

const fixedTypes: Readonly<Record<Exclude<ColumnWord, 'text'>, FixedType>> = {
  bigint: { oid: 20, sizeBytes: 8, put: putInteger },
  'double precision': {
    oid: 701,
    sizeBytes: 8,
    put: (bytes, value, offset) => bytes.writeDoubleBE(Number(value), offset),
  },
  boolean: {
    oid: 16,
    sizeBytes: 1,
    put: (bytes, value, offset) => bytes.writeUInt8(value ? 1 : 0, offset),
  },
};

const textOid = 25;
const headBytes = 20;
const lengthBytes = 4;

/** @param rows each with a value in that field, none of which is null. */
export function postgresArray<Name extends string>(
  word: ColumnWord,
  rows: readonly Readonly<Partial<Record<Name, unknown>>>[],
  name: Name,
): Buffer {
  return word === 'text' ? textArray(rows, name) : fixedArray(fixedTypes[word], rows, name);
}

function fixedArray<Name extends string>(
  { oid, sizeBytes, put }: FixedType,
  rows: readonly Readonly<Partial<Record<Name, unknown>>>[],
  name: Name,
): Buffer {
  const bytes = withHead(oid, rows.length, rows.length * (lengthBytes + sizeBytes));
  let offset = headBytes;
  for (const row of rows) {
    bytes.writeInt32BE(sizeBytes, offset);
    put(bytes, row[name], offset + lengthBytes);
    offset += lengthBytes + sizeBytes;
  }
  return bytes;
}

function textArray<Name extends string>(
  rows: readonly Readonly<Partial<Record<Name, unknown>>>[],
  name: Name,
): Buffer {
  const texts = rows.map((row) => String(row[name]));
  const total = texts.reduce((sum, text) => sum + lengthBytes + Buffer.byteLength(text), 0);
  const bytes = withHead(textOid, rows.length, total);
  let offset = headBytes;
  for (const text of texts) {
    const length = bytes.write(text, offset + lengthBytes);
    bytes.writeInt32BE(length, offset);
    offset += lengthBytes + length;
  }
  return bytes;
}

/** Of one dimension, that begins at 1, with no null in it. */
function withHead(oid: number, count: number, valuesBytes: number): Buffer {
  const bytes = Buffer.allocUnsafe(headBytes + valuesBytes);
  [1, 0, oid, count, 1].forEach((word, index) => {
    bytes.writeInt32BE(word, index * 4);
  });
  return bytes;
}

/** A safe integer in 64 bits: in two halves, as a BigInt for each takes longer than all the rest. */
function putInteger(bytes: Buffer, value: unknown, offset: number): void {
  const integer = Number(value);
  const high = Math.floor(integer / 2 ** 32);
  bytes.writeInt32BE(high, offset);
  bytes.writeUInt32BE(integer - high * 2 ** 32, offset + 4);
}
