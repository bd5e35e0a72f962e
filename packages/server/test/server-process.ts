// A server as a process of its own, which a test can kill at any moment.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';

export interface Address {
  readonly url: string;
  readonly token: string;
}

/** What a process serves: MLflow's routes alone start in half the time. */
type Program = 'serve-all' | 'serve-tracking';

// There are many starts: with room for what is soon garbage, each takes a quarter less.
const roomToStart = '--min-semi-space-size=32';

export class ServerProcess {
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess) {
    this.#child = child;
  }

  /**
   * Begins to load; serves when `serve` is called.
   */
  static load(program: Program, folder: string): ServerProcess {
    const file = path.join(import.meta.dirname, `${program}.ts`);
    const child = spawn(process.execPath, [roomToStart, file, folder], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    return new ServerProcess(child);
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  async serve(): Promise<Address> {
    const { stdin, stdout } = this.#child;
    if (stdin === null || stdout === null) throw new Error('the server has no pipes');
    stdin.write('serve\n');
    for await (const line of createInterface({ input: stdout })) return JSON.parse(line) as Address;
    throw new Error('the server ended before it served');
  }

  /** Resolves when it is gone. */
  async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const exited = once(this.#child, 'exit');
    this.#child.kill(signal);
    await exited;
  }
}
