// What a process prints, for the task that has started it; up to a limit.

const maxBytes = 16 * 1024 * 1024;

export class CapturedOutput {
  readonly #chunks: Buffer[] = [];
  #size = 0;

  push(chunk: Buffer): void {
    if (this.#size >= maxBytes) return;
    this.#chunks.push(chunk.subarray(0, maxBytes - this.#size));
    this.#size += chunk.length;
  }

  get text(): string {
    return Buffer.concat(this.#chunks).toString('utf8');
  }
}
