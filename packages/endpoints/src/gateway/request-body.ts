// The body of a request on its way to an instance, read as late as can be: as long as no part of
// it was taken, the request can still go to another instance.

import type { Readable } from 'node:stream';

export class RequestBody {
  readonly #stream: Readable | null;
  #touched = false;

  constructor(stream: Readable | null) {
    this.#stream = stream;
  }

  /** True from the moment that a part of the body may have been sent. */
  get touched(): boolean {
    return this.#touched;
  }

  /** True when the caller went away before the body's end. */
  get brokenOff(): boolean {
    return this.#stream?.destroyed === true && !this.#stream.readableEnded;
  }

  /** For one attempt to send; null when there is no body. */
  parts(): AsyncIterable<Uint8Array> | null {
    return this.#stream === null ? null : this.#read(this.#stream);
  }

  async *#read(stream: Readable): AsyncGenerator<Uint8Array> {
    this.#touched = true;
    // The stream stays alive whatever happens: it is the caller's connection, and an instance
    // that answers early (413, say) still needs it for the answer.
    yield* stream.iterator({ destroyOnReturn: false });
  }
}
