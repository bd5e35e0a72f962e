// For tests: a server that runs, and the stand-in as steps call it, a process of its own.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { RidgelineClient } from '@ridgeline/client';
import { type RunningServer, startServer } from '@ridgeline/server';
import { azFolder } from './az-folder.ts';

export class AzLab {
  readonly folder: string;
  readonly server: RunningServer;
  readonly client: RidgelineClient;
  /** Of the calls. */
  env: Readonly<Record<string, string>> = {};

  private constructor(folder: string, server: RunningServer) {
    this.folder = folder;
    this.server = server;
    this.client = new RidgelineClient(server);
  }

  static async open(): Promise<AzLab> {
    const folder = await mkdtemp(path.join(tmpdir(), 'az-'));
    const workspace = path.join(folder, 'workspace');
    const lab = new AzLab(folder, await startServer({ folder: workspace, port: 0, logger: false }));
    await lab.forget();
    return lab;
  }

  /** Nobody is signed in any more. */
  async forget(): Promise<void> {
    this.env = {
      PATH: `${azFolder}:${process.env.PATH}`,
      HOME: this.folder,
      RIDGELINE_NODE: process.execPath,
      RIDGELINE_AZ_FOLDER: azFolder,
      RIDGELINE_URL: this.server.url,
      AZURE_CONFIG_DIR: await mkdtemp(path.join(this.folder, 'config-')),
    };
  }

  get signedIn(): Readonly<Record<string, string>> {
    return { RIDGELINE_TOKEN: this.server.token };
  }

  async az(words: readonly string[], more: Readonly<Record<string, string>> = {}) {
    const child = spawn('az', words, {
      env: { ...this.env, ...more },
      cwd: this.folder,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const [[code], stdout, stderr] = await Promise.all([
      once(child, 'close'),
      text(child.stdout),
      text(child.stderr),
    ]);
    return { code, stdout, stderr };
  }

  async close(): Promise<void> {
    await this.server.close();
    await rm(this.folder, { recursive: true, force: true });
  }
}
