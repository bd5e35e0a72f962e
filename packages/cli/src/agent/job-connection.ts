// The server as one job of an agent talks to it: patiently, until the job is done or was given up.
import { randomUUID } from 'node:crypto';
import { chmod, mkdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import {
  type PlainFile,
  plainFile,
  plainFilesBelow,
  type StepRecord,
  TaskFailure,
} from '@ridgeline/azure-pipelines';
import type { AgentConnection, AgentJobEnd, AgentReport } from '@ridgeline/client';
import { persist } from './persist.ts';

export interface Sent {
  readonly transfer: string;
  readonly file?: string;
  /** How many there are. */
  readonly count: number;
}

/** So many files are on their way at once. */
const lanes = 4;

export class JobConnection {
  readonly #server: AgentConnection;
  readonly #lease: string;
  /** Fires when the job was given up: nobody listens any more. */
  readonly #lost: AbortSignal;

  constructor(server: AgentConnection, lease: string, lost: AbortSignal) {
    this.#server = server;
    this.#lease = lease;
    this.#lost = lost;
  }

  async report(report: AgentReport<StepRecord>): Promise<void> {
    await persist(() => this.#server.report(this.#lease, report), this.#lost);
  }

  async end(end: AgentJobEnd): Promise<void> {
    await persist(() => this.#server.end(this.#lease, end), this.#lost);
  }

  /** Done once, however often it has to be asked. @throws TaskFailure */
  async call<Call extends { readonly kind: string }>(call: Call): Promise<unknown> {
    const id = randomUUID();
    const answer = await persist(() => this.#server.call(this.#lease, id, call), this.#lost);
    if ('failure' in answer) throw new TaskFailure(answer.failure);
    return answer.value ?? undefined;
  }

  /** A file, or the files of a folder without those that are left out. @throws TaskFailure */
  async send(source: string, excludes: (file: string) => boolean = () => false): Promise<Sent> {
    const transfer = randomUUID();
    const isFolder = (await stat(source)).isDirectory();
    const folder = isFolder ? source : path.dirname(source);
    const files = isFolder
      ? withoutExcluded(await plainFilesBelow(source), excludes)
      : [await plainFile(folder, path.basename(source))];
    await inLanes(files, (file) => this.#sendFile(transfer, file, path.join(folder, file.path)));
    const { length: count } = files;
    return isFolder ? { transfer, count } : { transfer, count, file: path.basename(source) };
  }

  /** What the server has made ready, in a new folder; all of it is there, or it throws. */
  async fetch(transfer: string, files: readonly PlainFile[], into: string): Promise<void> {
    await mkdir(into, { recursive: true });
    try {
      await inLanes(files, (file) => this.#fetchFile(transfer, file, into));
    } catch (error) {
      await rm(into, { recursive: true, force: true });
      throw error;
    }
    await this.call({ kind: 'endTransfer', transfer } as const);
  }

  async #sendFile(transfer: string, file: PlainFile, local: string): Promise<void> {
    await persist(() => this.#server.sendFile(this.#lease, transfer, file, local), this.#lost);
  }

  async #fetchFile(transfer: string, file: PlainFile, into: string): Promise<void> {
    const local = path.join(into, file.path);
    await persist(() => this.#server.saveFile(this.#lease, transfer, file.path, local), this.#lost);
    if (file.isExecutable) await chmod(local, 0o755);
  }
}

/** As a copy does: what lies in a folder that is left out is left out too. */
function withoutExcluded(
  files: readonly PlainFile[],
  excludes: (file: string) => boolean,
): readonly PlainFile[] {
  return files.filter((file) => {
    const parts = file.path.split('/');
    return !parts.some((_, index) => excludes(path.join(...parts.slice(0, index + 1))));
  });
}

async function inLanes<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const left = items.values();
  const lane = async () => {
    for (const item of left) await work(item);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}
