// The logs of one job as files, one a step. Lines are gathered for the length of a turn and
// written together: a file is a moment behind what was printed, and never much more.

import { once } from 'node:events';
import { createWriteStream, mkdirSync, type WriteStream } from 'node:fs';
import path from 'node:path';
import { formatLogLine, type LogLine } from '../execute/log-line.ts';
import { asFileName } from './run-folder.ts';

interface Log {
  readonly file: string;
  readonly stream: WriteStream;
  waiting: string[];
}

export class StepLogs {
  readonly #folder: string;
  readonly #names = new Map<string, string>();
  readonly #logs = new Map<string, Log>();
  #isFlushPlanned = false;
  /** The first thing that went wrong: told when the logs close. */
  #failure: Error | undefined;

  constructor(folder: string) {
    this.#folder = folder;
    mkdirSync(folder, { recursive: true });
  }

  /** Before its first line, so that the file is called after the step. */
  name(step: string, order: number, displayName: string): void {
    this.#names.set(step, stepLogName(order, displayName));
  }

  write(line: LogLine): void {
    const time = new Date(line.time).toISOString();
    this.#logOf(line.step).waiting.push(`${time} ${formatLogLine(line)}\n`);
    if (this.#isFlushPlanned) return;
    this.#isFlushPlanned = true;
    setImmediate(() => this.#flush());
  }

  /** What to wait for before more is written; undefined where nothing is in the way. */
  drained(): Promise<void> | undefined {
    const full = [...this.#logs.values()].find(({ stream }) => stream.writableNeedDrain);
    if (full === undefined || this.#failure !== undefined) return undefined;
    // A disk that is full drains nothing, and must not stop the step.
    return once(full.stream, 'drain').then(ignore, ignore);
  }

  /** Where the log of a step stands; null where it printed nothing. */
  fileOf(step: string): string | null {
    return this.#logs.get(step)?.file ?? null;
  }

  async close(): Promise<void> {
    this.#flush();
    const streams = [...this.#logs.values()].map(({ stream }) => stream);
    await Promise.all(streams.map(ended));
    if (this.#failure !== undefined) throw this.#failure;
  }

  #logOf(step: string): Log {
    const known = this.#logs.get(step);
    if (known !== undefined) return known;
    const name = this.#names.get(step) ?? `${asFileName(step)}.log`;
    const file = path.join(this.#folder, name);
    const stream = createWriteStream(file, { flags: 'a' });
    stream.on('error', (error) => {
      this.#failure ??= error;
    });
    const log: Log = { file, stream, waiting: [] };
    this.#logs.set(step, log);
    return log;
  }

  #flush(): void {
    this.#isFlushPlanned = false;
    for (const log of this.#logs.values()) {
      if (log.waiting.length === 0) continue;
      log.stream.write(log.waiting.join(''));
      log.waiting = [];
    }
  }
}

function ignore(): void {}

/** What the log of a step is called in the folder of its job. */
export function stepLogName(order: number, displayName: string): string {
  return `${String(order).padStart(2, '0')}-${asFileName(displayName)}.log`;
}

/** Whether it ended well or not. */
function ended(stream: WriteStream): Promise<void> {
  return new Promise((resolve) => {
    stream.once('close', resolve);
    stream.end();
    if (stream.closed) resolve();
  });
}
