// A server that is killed again and again, and its steps with it.
import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { glob, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import type { JobStatus } from '../job/job.ts';
import { readCommandLine } from '../step/command-line.ts';
import type { JobSubmission } from '../submission/submission.ts';
import { address, type Lab, roomToStart } from './lab.ts';

const program = path.join(import.meta.dirname, 'chaos-server.ts');

/** An attempt by its folder, relative to that of the jobs: `job/step/number`. */
export type AttemptName = string;

export class Chaos {
  readonly #lab: Lab;
  readonly #random: () => number;
  #server: Server | null = null;
  /** The attempts whose processes were killed. */
  readonly killed = new Set<AttemptName>();
  kills = 0;

  constructor(lab: Lab, random: () => number) {
    this.#lab = lab;
    this.#random = random;
  }

  async submit(submission: JobSubmission): Promise<string> {
    const file = path.join(this.#lab.folder, 'submission.json');
    await writeFile(file, JSON.stringify(submission));
    return (await this.#running()).ask(`submit\t${file}`);
  }

  async statuses(): Promise<Readonly<Record<string, JobStatus>>> {
    return JSON.parse(await (await this.#running()).ask('jobs'));
  }

  /** The next one starts when it is asked for something. */
  async killServer(): Promise<void> {
    await this.#server?.kill();
    if (this.#server !== null) this.kills += 1;
    this.#server = null;
  }

  /** A new server starts, and comes as far as it does. */
  async startServer(): Promise<void> {
    this.#server ??= new Server(this.#lab.workspaceFolder);
  }

  /** Kills the processes of a step that runs; nothing where none does. */
  async killStep(): Promise<void> {
    const folder = path.join(this.#lab.workspaceFolder, 'jobs');
    const files = await Array.fromAsync(glob('*/*/*/pid', { cwd: folder }));
    const file = files[Math.floor(this.#random() * files.length)];
    if (file === undefined) return;
    const attempt = path.dirname(file);
    const pid = Number(await readFile(path.join(folder, file), 'utf8').catch(() => ''));
    // It may have ended since, and its id be another's.
    const commandLine = pid > 0 ? await readCommandLine(pid) : null;
    if (!commandLine?.includes(attempt)) return;
    this.killed.add(attempt);
    try {
      process.kill(-pid, 'SIGKILL');
      this.kills += 1;
    } catch {
      this.killed.delete(attempt);
    }
  }

  async #running(): Promise<Server> {
    this.#server ??= new Server(this.#lab.workspaceFolder);
    return this.#server;
  }
}

class Server {
  readonly #child: ChildProcess & { readonly stdin: Writable; readonly stdout: Readable };
  readonly #lines: AsyncIterator<string>;
  readonly #open: Promise<unknown>;

  constructor(workspaceFolder: string) {
    this.#child = spawn(process.execPath, [roomToStart, program, workspaceFolder, address], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    this.#lines = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]();
    this.#open = this.#lines.next();
  }

  async ask(line: string): Promise<string> {
    await this.#open;
    this.#child.stdin.write(`${line}\n`);
    const answer = await this.#lines.next();
    if (answer.done) throw new Error(`the server has ended in the midst of '${line}'`);
    return answer.value;
  }

  async kill(): Promise<void> {
    const exited = once(this.#child, 'exit');
    if (this.#child.exitCode !== null) throw new Error('the server has ended by itself');
    this.#child.kill('SIGKILL');
    await exited;
  }
}
