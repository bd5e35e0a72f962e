// Writes Protocol Buffers' wire format: fields of varints, fixed numbers and bytes. Knows nothing of
// ONNX. Messages are written inside out: a nested one is finished before its field is.

const utf8 = new TextEncoder();

const varint = 0;
const lengthDelimited = 2;
const fixed32 = 5;

/** One message; fields appear in the order of the calls. */
export class ProtoWriter {
  readonly #chunks: Uint8Array[] = [];
  #small: number[] = [];
  #byteLength = 0;

  /** A whole number, negative ones as 64-bit two's complement. */
  int(field: number, value: number | bigint): this {
    this.#tag(field, varint);
    this.#varint(value);
    return this;
  }

  float(field: number, value: number): this {
    this.#tag(field, fixed32);
    return this.#append(littleEndian(Float32Array.of(value)));
  }

  text(field: number, value: string): this {
    return this.bytes(field, utf8.encode(value));
  }

  /** The bytes are kept, not copied. */
  bytes(field: number, value: Uint8Array): this {
    this.#tag(field, lengthDelimited);
    this.#varint(value.length);
    return this.#append(value);
  }

  message(field: number, message: ProtoWriter): this {
    this.#tag(field, lengthDelimited);
    this.#varint(message.#byteLength + message.#small.length);
    for (const chunk of message.#chunks) this.#append(chunk);
    for (const byte of message.#small) this.#small.push(byte);
    return this;
  }

  /** A packed list of whole numbers. */
  ints(field: number, values: Iterable<number | bigint>): this {
    const packed = new ProtoWriter();
    for (const value of values) packed.#varint(value);
    return this.message(field, packed);
  }

  /** A packed list of floats. */
  floats(field: number, values: ArrayLike<number>): this {
    return this.bytes(field, littleEndian(Float32Array.from(values)));
  }

  finish(): Uint8Array<ArrayBuffer> {
    this.#flush();
    const bytes = new Uint8Array(this.#byteLength);
    let at = 0;
    for (const chunk of this.#chunks) {
      bytes.set(chunk, at);
      at += chunk.length;
    }
    return bytes;
  }

  #tag(field: number, wireType: number): void {
    this.#varint(field * 8 + wireType);
  }

  #varint(value: number | bigint): void {
    if (typeof value === 'bigint' || value < 0 || value > 0x7fffffff) {
      this.#bigVarint(BigInt.asUintN(64, BigInt(value)));
      return;
    }
    let rest = value;
    while (rest > 0x7f) {
      this.#small.push((rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    this.#small.push(rest);
    if (this.#small.length > 4096) this.#flush();
  }

  #bigVarint(value: bigint): void {
    let rest = value;
    while (rest > 0x7fn) {
      this.#small.push(Number(rest & 0x7fn) | 0x80);
      rest >>= 7n;
    }
    this.#small.push(Number(rest));
  }

  #append(chunk: Uint8Array): this {
    this.#flush();
    this.#chunks.push(chunk);
    this.#byteLength += chunk.length;
    return this;
  }

  #flush(): void {
    if (this.#small.length === 0) return;
    this.#chunks.push(Uint8Array.from(this.#small));
    this.#byteLength += this.#small.length;
    this.#small = [];
  }
}

type NumberArray = Float32Array | Float64Array | BigInt64Array;

const machineIsLittleEndian = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;

/** The array's bytes, little-endian on every machine. */
export function littleEndian(values: NumberArray): Uint8Array {
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  if (machineIsLittleEndian) return bytes;
  const turned = bytes.slice();
  const size = values.BYTES_PER_ELEMENT;
  for (let at = 0; at < turned.length; at += size) turned.subarray(at, at + size).reverse();
  return turned;
}
