// Artifacts as folders of the run: `.ridgeline/ci/<number>/artifacts/<name>/`. Those of another
// pipeline are looked for among the earlier runs of the same store, by the pipeline's name.
import { cp, mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { didYouMean } from '../diagnostic/did-you-mean.ts';
import { matchPaths } from '../task/glob/match-paths.ts';
import type { ArtifactStore, PublishOptions, RunSelector } from '../task/task-host.ts';
import { TaskFailure } from '../task/task-outcome.ts';
import { filesBelow } from './files-below.ts';

/** Finds the folder of artifacts of the run that a step means. */
export type FindRun = (run: RunSelector) => Promise<string>;

export class LocalArtifacts implements ArtifactStore {
  readonly #folder: string;
  readonly #findRun: FindRun;

  constructor(folder: string, findRun: FindRun) {
    this.#folder = folder;
    this.#findRun = findRun;
  }

  async publish(name: string, file: string, options: PublishOptions = {}): Promise<void> {
    const { merge = false, excludes = () => false } = options;
    const whole = path.join(this.#folder, checkedName(name));
    await mkdir(this.#folder, { recursive: true });
    if (merge) return copyInto(file, whole, excludes);
    if (await isThere(whole)) throw exists(name);
    await publishWhole(file, whole, excludes);
  }

  async download(
    name: string,
    into: string,
    patterns: readonly string[],
    run?: RunSelector,
  ): Promise<{ readonly files: number }> {
    const folder = await this.#folderOf(run);
    const artifact = path.join(folder, checkedName(name));
    if (!(await isThere(artifact))) throw await notFound(name, folder);
    const all = await filesBelow(artifact);
    const files = patterns.length === 0 ? all : matchPaths(all, patterns);
    for (const file of files) {
      const to = path.join(into, path.dirname(file));
      await copyInto(path.join(artifact, file), to, () => false);
    }
    return { files: files.length };
  }

  async list(run?: RunSelector): Promise<readonly string[]> {
    return namesIn(await this.#folderOf(run));
  }

  async #folderOf(run: RunSelector | undefined): Promise<string> {
    return run === undefined ? this.#folder : this.#findRun(run);
  }
}

/** Its name appears with its last file: an artifact is there whole or not at all. */
async function publishWhole(
  file: string,
  whole: string,
  excludes: (file: string) => boolean,
): Promise<void> {
  const beside = path.join(path.dirname(whole), `.${path.basename(whole)}.new`);
  await rm(beside, { recursive: true, force: true });
  await copyInto(file, beside, excludes);
  await rename(beside, whole).catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'ENOTEMPTY' || error.code === 'EEXIST'
      ? exists(path.basename(whole))
      : error;
  });
}

/** A folder's contents, or one file, into a folder. */
export async function copyInto(
  from: string,
  folder: string,
  excludes: (file: string) => boolean,
): Promise<void> {
  await mkdir(folder, { recursive: true });
  const isFolder = (await stat(from)).isDirectory();
  const filter = (source: string) => source === from || !excludes(path.relative(from, source));
  const to = isFolder ? folder : path.join(folder, path.basename(from));
  await cp(from, to, { recursive: true, verbatimSymlinks: true, force: true, filter });
}

async function namesIn(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const names = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  return names.filter((name) => !name.startsWith('.')).sort();
}

async function isThere(file: string): Promise<boolean> {
  return (await stat(file).catch(() => null)) !== null;
}

function checkedName(name: string): string {
  if (name.trim() !== '' && !/[\\/":<>|*?]/.test(name) && !name.startsWith('.')) return name;
  throw new TaskFailure(
    `'${name}' is no name of an artifact: it must not be empty, begin with a dot or hold any of \\ / " : < > | * ?`,
  );
}

function exists(name: string): TaskFailure {
  return new TaskFailure(
    `The artifact '${name}' is published already in this run, where a name is given once, over all attempts; add $(System.JobAttempt) to it, or take another name`,
  );
}

async function notFound(name: string, folder: string): Promise<TaskFailure> {
  const known = await namesIn(folder);
  const list = known.length === 0 ? 'the run has none' : `there is: ${known.join(', ')}`;
  return new TaskFailure(`There is no artifact '${name}' (${list}).${didYouMean(name, known)}`);
}
