// Keeps the steps of a build written down while they go. A step tells of itself often: what waits to
// be written is written together, and only the newest of it.
import type { StepRecord } from '@ridgeline/azure-pipelines';
import type { BuildStore, Change, StepRow } from '../store/build-store.ts';

interface Entry {
  readonly log: number;
  readonly jobId: string;
  record: StepRecord;
  file: string | null;
}

export class StepJournal {
  readonly #store: BuildStore;
  readonly #buildId: number;
  readonly #entries = new Map<string, Entry>();
  readonly #dirty = new Set<Entry>();
  #lastLog: number;
  #writing: Promise<void> | null = null;

  /** `lastLog`: of the logs that earlier servers and attempts have written. */
  constructor(store: BuildStore, buildId: number, lastLog: number) {
    this.#store = store;
    this.#buildId = buildId;
    this.#lastLog = lastLog;
  }

  /** Goes on with steps that an earlier server has written down, under their numbers. */
  goOn(rows: readonly StepRow[]): void {
    for (const { job_id: jobId, step_id, log, log_file: file, record } of rows)
      this.#entries.set(`${jobId} ${step_id}`, { log, jobId, record: JSON.parse(record), file });
  }

  /** What is known of the steps of a job. */
  recordsOf(jobId: string): readonly StepRecord[] {
    const own = [...this.#entries.values()].filter((entry) => entry.jobId === jobId);
    return own.map(({ record }) => record);
  }

  note(jobId: string, record: StepRecord, file: string | null): void {
    const entry = this.#entryOf(jobId, record);
    entry.record = record;
    entry.file = file ?? entry.file;
    this.#touch(entry);
  }

  /** The step has begun to print. */
  noteFile(jobId: string, step: string, file: string | null): void {
    const entry = this.#entries.get(`${jobId} ${step}`);
    if (entry === undefined || file === null || entry.file !== null) return;
    entry.file = file;
    this.#touch(entry);
  }

  /** All that was told is written then. @throws what the database says */
  async flush(): Promise<void> {
    while (this.#dirty.size > 0 || this.#writing !== null) await this.#write();
  }

  #entryOf(jobId: string, record: StepRecord): Entry {
    const key = `${jobId} ${record.id}`;
    const known = this.#entries.get(key);
    if (known !== undefined) return known;
    this.#lastLog += 1;
    const entry = { log: this.#lastLog, jobId, record, file: null };
    this.#entries.set(key, entry);
    return entry;
  }

  #touch(entry: Entry): void {
    this.#dirty.add(entry);
    // What cannot be written now is told by `flush`, which every job ends with.
    setImmediate(() => this.#write().catch(() => undefined));
  }

  async #write(): Promise<void> {
    if (this.#writing !== null) return this.#writing;
    if (this.#dirty.size === 0) return;
    this.#writing = this.#commit().finally(() => {
      this.#writing = null;
    });
    await this.#writing;
  }

  async #commit(): Promise<void> {
    const entries = [...this.#dirty];
    this.#dirty.clear();
    try {
      await this.#store.commit(
        this.#buildId,
        entries.map((entry) => this.#changeOf(entry)),
      );
    } catch (error) {
      for (const entry of entries) this.#dirty.add(entry);
      throw error;
    }
  }

  #changeOf({ log, jobId, record, file }: Entry): Change {
    return this.#store.putStep({
      build_id: this.#buildId,
      log,
      job_id: jobId,
      step_id: record.id,
      position: record.order,
      record: JSON.stringify(record),
      log_file: file,
    });
  }
}
