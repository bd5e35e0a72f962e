// Reads the triggers of a pipeline's file commit by commit. What was read is remembered: branches
// stand still most of the time.
import { type FileTriggers, readTriggers } from './read-triggers.ts';
import type { RepositoryView } from './repository-view.ts';

const maxRemembered = 2_000;

/** A text says what is wrong with the file; undefined: there is no such file. */
export type ReadFile = FileTriggers | string | undefined;

export class TriggerReader {
  readonly #read = new Map<string, ReadFile>();

  async at(view: RepositoryView, key: string, commit: string, path: string): Promise<ReadFile> {
    const name = `${key}\0${commit}\0${path}`;
    if (this.#read.has(name)) return this.#read.get(name);
    const text = await view.fileAt(commit, path);
    const read = text === undefined ? undefined : readTriggers(text, path);
    if (this.#read.size >= maxRemembered) this.#read.clear();
    this.#read.set(name, read);
    return read;
  }
}
