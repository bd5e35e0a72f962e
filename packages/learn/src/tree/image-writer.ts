// Lays tables end to end in one image of bytes, little-endian, as the prediction kernels read them.

const alignment = 16;

export class ImageWriter {
  #bytes = new Uint8Array(4096);
  #view = new DataView(this.#bytes.buffer);
  #length = 0;

  /** Bytes laid out so far. */
  get byteLength(): number {
    return this.#length;
  }

  /** The place of `byteLength` zeros, a multiple of 16. */
  reserve(byteLength: number): number {
    const at = Math.ceil(this.#length / alignment) * alignment;
    this.#length = at + byteLength;
    if (this.#length > this.#bytes.length) this.#grow();
    return at;
  }

  uint32(at: number, value: number): void {
    this.#view.setUint32(at, value, true);
  }

  float32(at: number, value: number): void {
    this.#view.setFloat32(at, value, true);
  }

  float64(at: number, value: number): void {
    this.#view.setFloat64(at, value, true);
  }

  finish(): Uint8Array {
    return this.#bytes.slice(0, this.#length);
  }

  #grow(): void {
    const grown = new Uint8Array(Math.max(this.#length, this.#bytes.length * 2));
    grown.set(this.#bytes);
    this.#bytes = grown;
    this.#view = new DataView(grown.buffer);
  }
}
