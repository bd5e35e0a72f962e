// The artifacts of a build, which lie with its server: what goes up is there whole or not at all, and
// so is what comes down.
import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import {
  type ArtifactStore,
  copyInto,
  type PlainFile,
  type PublishOptions,
  type RunSelector,
} from '@ridgeline/azure-pipelines';
import type { JobConnection } from './job-connection.ts';

export class AgentArtifacts implements ArtifactStore {
  readonly #server: JobConnection;
  readonly #transfers: string;

  /** `transfers`: a folder for files on their way. */
  constructor(server: JobConnection, transfers: string) {
    this.#server = server;
    this.#transfers = transfers;
  }

  async publish(name: string, file: string, options: PublishOptions = {}): Promise<void> {
    const { merge = false, excludes } = options;
    const source = await this.#server.send(file, excludes);
    await this.#server.call({ kind: 'publishArtifact', name, merge, source } as const);
  }

  async download(
    name: string,
    into: string,
    patterns: readonly string[],
    run?: RunSelector,
  ): Promise<{ readonly files: number }> {
    const transfer = randomUUID();
    const call = {
      kind: 'downloadArtifact',
      name,
      patterns,
      transfer,
      ...(run && { run }),
    } as const;
    const { files } = (await this.#server.call(call)) as { readonly files: readonly PlainFile[] };
    const beside = path.join(this.#transfers, transfer);
    try {
      await this.#server.fetch(transfer, files, beside);
      await copyInto(beside, into, () => false);
    } finally {
      await rm(beside, { recursive: true, force: true });
    }
    return { files: files.length };
  }

  async list(run?: RunSelector): Promise<readonly string[]> {
    const call = { kind: 'listArtifacts', ...(run && { run }) } as const;
    return (await this.#server.call(call)) as readonly string[];
  }
}
