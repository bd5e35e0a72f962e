// A folder through which a test and the steps of its jobs speak with each other: steps write down in
// a journal what they do, and wait at gates that the test opens.
import { appendFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { until } from './until.ts';

export class ControlFolder {
  readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  async make(): Promise<void> {
    await mkdir(this.folder, { recursive: true });
    await appendFile(path.join(this.folder, 'journal'), '');
  }

  /** What the steps have written, a line each, in their order. */
  async journal(): Promise<readonly string[]> {
    const text = await readFile(path.join(this.folder, 'journal'), 'utf8');
    return text.split('\n').filter((line) => line !== '');
  }

  async untilJournal(line: string): Promise<void> {
    await until(`the journal says '${line}'`, async () => (await this.journal()).includes(line));
  }

  async openGates(names: Iterable<string>): Promise<void> {
    for (const name of names) await writeFile(path.join(this.folder, `gate-${name}`), '');
  }

  /** A shell command that appends a line. Short appends of several processes do not mix. */
  write(line: string): string {
    return `echo ${quoted(line)} >> ${this.#path('journal')}`;
  }

  /** A shell command that opens a gate. */
  open(gate: string): string {
    return `touch ${this.#path(`gate-${gate}`)}`;
  }

  /** A shell command that waits at a gate, in a process whose command line names this folder. */
  waitAt(gate: string): string {
    const loop = 'while ! test -e "$0"; do sleep 0.05; done';
    return `sh -c '${loop}' ${this.#path(`gate-${gate}`)}`;
  }

  #path(name: string): string {
    return quoted(path.join(this.folder, name));
  }
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
