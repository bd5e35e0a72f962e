// A workspace with the sample project's data and environments, driven by the command line alone.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ridgeline, type Server, startServer, template } from '../end-to-end/cli.ts';

export class InteropWorkspace {
  readonly #folder: string;
  readonly #workspace: string;
  readonly #server: Server;

  private constructor(folder: string, workspace: string, server: Server) {
    this.#folder = folder;
    this.#workspace = workspace;
    this.#server = server;
  }

  static async open(): Promise<InteropWorkspace> {
    const folder = await mkdtemp(path.join(tmpdir(), 'interop-'));
    const workspace = path.join(folder, 'workspace');
    return new InteropWorkspace(folder, workspace, await startServer(workspace));
  }

  /** Runs `ridgeline` in the sample project; what it prints as JSON, whether it succeeds or not. */
  async call(...words: readonly string[]) {
    const all = [...words, '--json', '-w', this.#workspace];
    const { exitCode, stdout, stderr } = await ridgeline(all, { cwd: template });
    return { exitCode, stderr, json: stdout === '' ? null : JSON.parse(stdout) };
  }

  async log(jobId: string, step: string): Promise<string> {
    const words = ['job', 'logs', jobId, '--step', step, '-w', this.#workspace];
    return (await ridgeline(words, { cwd: template })).stdout;
  }

  async close(): Promise<void> {
    await this.#server.stop();
    await rm(this.#folder, { recursive: true, force: true });
  }
}
