// Tells the server what the steps of a job do and print: in order, in batches, one at a time. Each
// line goes under its number in its step's log, so that one that is sent twice counts once.
import { formatLogLine, type LogLine, type StepRecord } from '@ridgeline/azure-pipelines';
import type { AgentReport } from '@ridgeline/client';

interface Part {
  readonly step: string;
  readonly from: number;
  readonly lines: string[];
}

/** Of one batch. */
const batchCharacters = 1024 * 1024;
/** So much may wait while the server is away; then the steps wait too. */
const mostWaiting = 16 * 1024 * 1024;

export class ReportSender {
  readonly #send: (report: AgentReport<StepRecord>) => Promise<void>;
  /** By id, the newest of each. */
  #records = new Map<string, StepRecord>();
  #parts: Part[] = [];
  readonly #counts = new Map<string, number>();
  #waiting = 0;
  #sending: Promise<void> | undefined;
  #failure: unknown;
  #drained = Promise.withResolvers<void>();

  constructor(send: (report: AgentReport<StepRecord>) => Promise<void>) {
    this.#send = send;
  }

  record(record: StepRecord): void {
    this.#records.set(record.id, record);
    this.#wake();
  }

  line(line: LogLine): void {
    const text = `${new Date(line.time).toISOString()} ${formatLogLine(line)}`;
    this.#partOf(line.step).lines.push(text.replaceAll('\n', ' '));
    this.#counts.set(line.step, this.#countOf(line.step) + 1);
    this.#waiting += text.length;
    this.#wake();
  }

  /** What to wait for before more is printed; undefined where nothing is in the way. */
  drained(): Promise<void> | undefined {
    if (this.#waiting < mostWaiting || this.#failure !== undefined) return undefined;
    return this.#drained.promise;
  }

  /** All of it has arrived then. @throws what has kept it from arriving */
  async close(): Promise<void> {
    while (this.#sending !== undefined) await this.#sending;
    if (this.#failure !== undefined) throw this.#failure;
  }

  #partOf(step: string): Part {
    const last = this.#parts.at(-1);
    if (last?.step === step && last.lines.length < 5_000) return last;
    const part = { step, from: this.#countOf(step), lines: [] };
    this.#parts.push(part);
    return part;
  }

  #countOf(step: string): number {
    return this.#counts.get(step) ?? 0;
  }

  #wake(): void {
    if (this.#sending !== undefined || this.#failure !== undefined) return;
    // What is told in one moment goes together.
    this.#sending = new Promise<void>((resolve) => setImmediate(resolve))
      .then(() => this.#sendAll())
      .catch((error: unknown) => {
        this.#failure = error ?? new Error('the report was not sent');
      })
      .finally(() => {
        this.#sending = undefined;
        this.#drained.resolve();
      });
  }

  async #sendAll(): Promise<void> {
    while (this.#records.size > 0 || this.#parts.length > 0) {
      const steps = [...this.#records.values()];
      this.#records = new Map();
      const log = this.#takeParts();
      await this.#send({ steps, log });
      for (const { lines } of log) for (const line of lines) this.#waiting -= line.length;
      if (this.#waiting >= mostWaiting / 2) continue;
      this.#drained.resolve();
      this.#drained = Promise.withResolvers();
    }
  }

  /** As many lines as make a batch. */
  #takeParts(): readonly Part[] {
    const taken: Part[] = [];
    let size = 0;
    for (let part = this.#parts[0]; part !== undefined && size < batchCharacters; ) {
      const end = part.lines.findIndex((line) => {
        size += line.length;
        return size >= batchCharacters;
      });
      if (end < 0 || end === part.lines.length - 1) taken.push(part);
      else {
        const { step, from, lines } = part;
        taken.push({ step, from, lines: lines.slice(0, end + 1) });
        this.#parts[0] = { step, from: from + end + 1, lines: lines.slice(end + 1) };
        return taken;
      }
      this.#parts.shift();
      part = this.#parts[0];
    }
    return taken;
  }
}
