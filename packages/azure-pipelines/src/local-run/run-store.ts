// The runs of a folder, by number. A run's number is the folder that could be made: two commands
// at once never get the same.
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { cannotUse, codeOf } from './disk-error.ts';
import { LocalRunError } from './local-run-error.ts';
import { makeFolder } from './make-folder.ts';
import { RunFolder } from './run-folder.ts';
import type { RunRecord } from './run-record.ts';
import { writeWhole } from './write-whole.ts';

export class RunStore {
  readonly folder: string;

  /** `folder`: e.g. `.ridgeline/ci`; made when the first run is. */
  constructor(folder: string) {
    this.folder = path.resolve(folder);
  }

  /** @throws LocalRunError RUNS_FOLDER_UNUSABLE */
  async create(): Promise<{ readonly number: number; readonly folder: RunFolder }> {
    try {
      return await this.#create();
    } catch (error) {
      throw error instanceof LocalRunError ? error : cannotUse(this.folder, error);
    }
  }

  async #create(): Promise<{ readonly number: number; readonly folder: RunFolder }> {
    makeFolder(this.folder);
    await keepOutOfGit(path.dirname(this.folder));
    for (let number = ((await this.numbers()).at(-1) ?? 0) + 1; ; number++) {
      const folder = this.folderOf(number);
      if (await isMade(folder.path)) return { number, folder };
    }
  }

  folderOf(number: number): RunFolder {
    return new RunFolder(path.join(this.folder, String(number)));
  }

  /** From the oldest to the newest. @throws LocalRunError RUNS_FOLDER_UNUSABLE */
  async numbers(): Promise<readonly number[]> {
    const names = await readdir(this.folder).catch((error: unknown) => {
      if (codeOf(error) === 'ENOENT') return [];
      throw cannotUse(this.folder, error);
    });
    return names
      .filter((name) => /^[1-9]\d{0,8}$/.test(name))
      .map(Number)
      .sort((a, b) => a - b);
  }

  /** The run of that number, or the newest. @throws LocalRunError RUN_NOT_FOUND, RUN_DAMAGED */
  async read(number?: number): Promise<RunRecord> {
    const numbers = await this.numbers();
    const wanted = number ?? numbers.at(-1);
    if (wanted === undefined || !numbers.includes(wanted)) throw this.#notFound(wanted, numbers);
    return readRecord(this.folderOf(wanted).record, wanted);
  }

  /** Gives the length of what was written. */
  write(record: RunRecord): number {
    const text = `${JSON.stringify(record, null, 2)}\n`;
    writeWhole(this.folderOf(record.number).record, text);
    return text.length;
  }

  #notFound(wanted: number | undefined, numbers: readonly number[]): LocalRunError {
    const where = `in ${this.folder}`;
    if (wanted === undefined)
      return new LocalRunError(
        'RUN_NOT_FOUND',
        `there is no run ${where}; start one with 'ridgeline ci run'`,
      );
    const known = numbers.length === 0 ? 'none is there' : `the last is ${numbers.at(-1)}`;
    return new LocalRunError('RUN_NOT_FOUND', `there is no run ${wanted} ${where}; ${known}`);
  }
}

async function isMade(folder: string): Promise<boolean> {
  try {
    await mkdir(folder);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

async function readRecord(file: string, number: number): Promise<RunRecord> {
  try {
    const record = JSON.parse(await readFile(file, 'utf8')) as RunRecord;
    if (record.number === number && Array.isArray(record.jobs)) return record;
    throw new SyntaxError('it holds something else');
  } catch (error) {
    throw new LocalRunError(
      'RUN_DAMAGED',
      `run ${number} cannot be read: ${file} is not there or holds no run; its command may have been killed at its start`,
      { cause: error },
    );
  }
}

/** A `git add .` must not take runs with it. */
async function keepOutOfGit(folder: string): Promise<void> {
  try {
    await writeFile(path.join(folder, '.gitignore'), '*\n', { flag: 'wx' });
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
  }
}
