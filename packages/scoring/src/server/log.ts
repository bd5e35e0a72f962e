// Lines of the log, each with the id of its request. Owns the line's form and its buffering.

export interface ScoringLog {
  /** What scripts print and the built-in handler reports. */
  info(requestId: string, text: string): void;
  /** Failed requests. */
  error(requestId: string, text: string): void;
  /** Writes what is held back; call before the process ends. */
  flush(): void;
}

export type WriteText = (text: string) => void;

/** Logs to the process's own streams, or to the given ones. */
export function createLog(
  writeOut: WriteText = (text) => process.stdout.write(text),
  writeError: WriteText = (text) => process.stderr.write(text),
): ScoringLog {
  const out = new LineBuffer(writeOut);
  const errors = new LineBuffer(writeError);
  return {
    info: (requestId, text) => out.add(prefixLines(requestId, text)),
    error: (requestId, text) => errors.add(prefixLines(requestId, text)),
    flush: () => {
      out.flush();
      errors.flush();
    },
  };
}

function prefixLines(requestId: string, text: string): string {
  return `${requestId} | ${text.replaceAll('\n', `\n${requestId} | `)}\n`;
}

// A write to a pipe is a blocking system call, so one is made per turn of the event loop, not per
// request.
class LineBuffer {
  readonly #write: WriteText;
  #held = '';

  constructor(write: WriteText) {
    this.#write = write;
  }

  add(lines: string): void {
    if (this.#held === '') setImmediate(() => this.flush());
    this.#held += lines;
  }

  flush(): void {
    if (this.#held === '') return;
    const text = this.#held;
    this.#held = '';
    this.#write(text);
  }
}
