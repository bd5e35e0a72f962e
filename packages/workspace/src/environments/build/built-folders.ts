// The folders of environments that were made, each named by what it consists of:
//   <key>/complete          the path of the try that has come to its end; written last, so that
//                           without it nothing in the folder is taken for an environment
//   <key>/<try>/            what one maker makes, in its final place, as its files name their own
//                           paths; and its log
//   <key>/failed-build.log  the log of the last try that failed
// A maker that was killed may have left a process that still writes to its own try, and to no other.
import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { moveIntoPlace, writeNewFile } from '../../files/durable-files.ts';
import { nullIfMissing } from '../../files/fs-errors.ts';
import { syncTree } from '../../files/sync-tree.ts';
import { BuildLog } from './build-log.ts';
import { discardUnused, noteUse } from './discard-unused.ts';
import { SharedWork, type Waiter } from './shared-work.ts';

export interface Build {
  /** Not there before: the maker's own. */
  readonly folder: string;
  readonly log: BuildLog;
  readonly signal: AbortSignal;
}

export interface BuildPlan {
  /** A name for a folder. */
  readonly key: string;
  /** What it is, for messages. */
  readonly title: string;
  readonly make: (build: Build) => Promise<void>;
  /** Whether what was made once can still be used. */
  readonly isUsable: (folder: string) => Promise<boolean>;
  /** The error of a failed build, given where its log is. */
  readonly failure: (
    error: unknown,
    log: { readonly tail: string; readonly file: string },
  ) => Error;
}

const markerName = 'complete';

export class BuiltFolders {
  readonly #root: string;
  readonly #work = new SharedWork<string>();

  constructor(root: string) {
    this.#root = root;
  }

  /** The folder of what was made, now or at any time before. */
  async get(plan: BuildPlan, waiter: Waiter): Promise<string> {
    const isUnderWay = this.#work.isUnderWay(plan.key);
    const found = isUnderWay ? null : await this.#find(plan);
    if (found !== null) {
      await noteUse(this.#markerOf(plan));
      waiter.onProgress?.(`Reusing ${plan.title}`);
      return found;
    }
    if (this.#work.isUnderWay(plan.key)) {
      waiter.onProgress?.(`Waiting for ${plan.title}, which is being made for another step`);
    }
    return this.#work.join(plan.key, waiter, async (signal, report) => {
      // Made since this one has looked.
      const made = await this.#find(plan);
      return made ?? this.#make(plan, signal, report);
    });
  }

  async #find(plan: BuildPlan): Promise<string | null> {
    const folder = await nullIfMissing(readFile(this.#markerOf(plan), 'utf8'));
    // The folder is absolute: a workspace that was moved makes its environments anew.
    if (folder === null || dirname(folder) !== join(this.#root, plan.key)) return null;
    return (await plan.isUsable(folder)) ? folder : null;
  }

  async #make(
    plan: BuildPlan,
    signal: AbortSignal,
    report: (text: string) => void,
  ): Promise<string> {
    const parent = join(this.#root, plan.key);
    await discardUnused(this.#root, markerName);
    await clear(parent);
    const folder = join(parent, randomUUID());
    await mkdir(folder, { recursive: true });
    const logFile = join(folder, 'build.log');
    const log = new BuildLog(logFile, report);
    try {
      log.add(`Making ${plan.title}`);
      await plan.make({ folder, log, signal });
      signal.throwIfAborted();
      await log.close();
      await syncTree(folder);
      signal.throwIfAborted();
      await this.#complete(plan, folder);
      return folder;
    } catch (error) {
      await log.close();
      const file = join(parent, 'failed-build.log');
      await nullIfMissing(rename(logFile, file));
      await rm(folder, { recursive: true, force: true, maxRetries: 3 });
      throw signal.aborted ? error : plan.failure(error, { tail: log.tail, file });
    }
  }

  async #complete(plan: BuildPlan, folder: string): Promise<void> {
    const staged = join(folder, 'complete');
    await writeNewFile(staged, Buffer.from(folder));
    await moveIntoPlace(staged, this.#markerOf(plan));
  }

  #markerOf({ key }: BuildPlan): string {
    return join(this.#root, key, markerName);
  }
}

/** The marker goes first: what it speaks of is about to go. */
async function clear(parent: string): Promise<void> {
  const names = (await nullIfMissing(readdir(parent))) ?? [];
  await rm(join(parent, markerName), { force: true });
  for (const name of names) {
    await rm(join(parent, name), { recursive: true, force: true, maxRetries: 3 });
  }
}
