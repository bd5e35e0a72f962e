// Tells the growth of the logs of those jobs, or builds, whose logs somebody follows: once, however
// many follow them.
import type { LogChange } from './change.ts';
import type { ChangeFeed } from './change-feed.ts';
import { type ChangeFilter, changeTest } from './change-filter.ts';
import type { ChangeReader } from './change-reader.ts';
import { FileGrowth } from './file-growth.ts';

export interface WatchedLog {
  readonly file: string;
  readonly change: (sizeBytes: number) => LogChange;
}

export interface LogWatchesOptions {
  readonly feed: ChangeFeed;
  /** Those that are being written, of a job or a build. */
  readonly logsOf: (id: string) => Promise<readonly WatchedLog[]>;
  /** What tells that there may be others. */
  readonly filterOf: (id: string) => ChangeFilter;
}

interface LogWatch {
  followers: number;
  readonly close: () => void;
}

/** So many files of one job are watched at once. */
const maxFiles = 200;
/** What was told in between may have been missed. */
const lookAgainMs = 5_000;

export class LogWatches {
  readonly #options: LogWatchesOptions;
  readonly #watches = new Map<string, LogWatch>();

  constructor(options: LogWatchesOptions) {
    this.#options = options;
  }

  /** @returns what ends it; may be called again. */
  follow(id: string): () => void {
    const watch = this.#watches.getOrInsertComputed(id, () => this.#watch(id));
    watch.followers += 1;
    let isFollowing = true;
    return () => {
      if (!isFollowing) return;
      isFollowing = false;
      watch.followers -= 1;
      if (watch.followers > 0) return;
      watch.close();
      this.#watches.delete(id);
    };
  }

  #watch(id: string): LogWatch {
    const reader = this.#options.feed.read();
    void this.#keepWatching(id, reader);
    return { followers: 0, close: () => reader.close() };
  }

  async #keepWatching(id: string, reader: ChangeReader): Promise<void> {
    const { feed, logsOf, filterOf } = this.#options;
    const concerns = changeTest(filterOf(id));
    const files = new Map<string, FileGrowth>();
    let isDue = true;
    while (reader.isOpen) {
      if (isDue) {
        // The database may be away; it is asked again.
        const logs = await logsOf(id).catch(() => null);
        if (logs !== null && reader.isOpen) exchange(files, logs.slice(0, maxFiles), feed);
      }
      const waitedSince = performance.now();
      await reader.wait(lookAgainMs);
      const news = reader
        .next()
        .some(({ change, place }) => change === null || concerns(change, place));
      isDue = news || performance.now() - waitedSince >= lookAgainMs;
    }
    for (const file of files.values()) file.close();
  }
}

function exchange(
  files: Map<string, FileGrowth>,
  logs: readonly WatchedLog[],
  feed: ChangeFeed,
): void {
  const wanted = new Set(logs.map(({ file }) => file));
  for (const [file, growth] of files) {
    if (wanted.has(file)) continue;
    growth.close();
    files.delete(file);
  }
  for (const { file, change } of logs) {
    files.getOrInsertComputed(
      file,
      () => new FileGrowth(file, (sizeBytes) => feed.publish(change(sizeBytes))),
    );
  }
}
