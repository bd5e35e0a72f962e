// Tells when a file has grown, a moment after it has. Where the system does not say so, as on a network
// file system, it is looked at now and then.
import { type FSWatcher, watch } from 'node:fs';
import { lstat } from 'node:fs/promises';

/** Between two looks: at a file that is not there yet, and at one that the system watches. */
const absentMs = 50;
const watchedMs = 500;
/** Between two that are told. */
const pauseMs = 40;

export class FileGrowth {
  readonly #file: string;
  readonly #tell: (sizeBytes: number) => void;
  #watcher: FSWatcher | null = null;
  #timer: NodeJS.Timeout | null = null;
  #isLooking = false;
  #lookAgain = false;
  #sizeBytes = 0;
  #toldAt = 0;
  #isClosed = false;

  constructor(file: string, tell: (sizeBytes: number) => void) {
    this.#file = file;
    this.#tell = tell;
    void this.#look();
  }

  close(): void {
    this.#isClosed = true;
    this.#watcher?.close();
    if (this.#timer !== null) clearTimeout(this.#timer);
  }

  async #look(): Promise<void> {
    if (this.#isClosed) return;
    this.#lookAgain = this.#isLooking;
    if (this.#isLooking) return;
    this.#isLooking = true;
    const sizeBytes = await sizeOf(this.#file);
    this.#isLooking = false;
    if (this.#isClosed) return;
    if (sizeBytes !== null) this.#watch();
    if (sizeBytes !== null && sizeBytes > this.#sizeBytes) this.#note(sizeBytes);
    this.#lookIn(this.#lookAgain ? pauseMs : this.#watcher === null ? absentMs : watchedMs);
  }

  #note(sizeBytes: number): void {
    this.#sizeBytes = sizeBytes;
    this.#toldAt = performance.now();
    this.#tell(sizeBytes);
  }

  #lookIn(ms: number): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#look(), ms).unref();
  }

  #watch(): void {
    if (this.#watcher !== null) return;
    try {
      const onChange = () => {
        const sinceTold = performance.now() - this.#toldAt;
        if (sinceTold >= pauseMs) void this.#look();
        else this.#lookIn(pauseMs - sinceTold);
      };
      this.#watcher = watch(this.#file, { persistent: false }, onChange);
      this.#watcher.on('error', () => {});
    } catch {
      // Gone again, or the system watches no more files for us: it is looked at instead.
    }
  }
}

/** Null where it is no file. */
async function sizeOf(file: string): Promise<number | null> {
  const stats = await lstat(file).catch(() => null);
  return stats?.isFile() ? stats.size : null;
}
