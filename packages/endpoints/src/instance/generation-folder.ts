// The folder of one deployment generation: a private copy of its code, and its log.

import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { EndpointWorkspace } from '../endpoint-workspace.ts';
import type { DeploymentRecord } from '../store/endpoint-record.ts';

/** What every scoring script runs in, so far. */
const curatedEnvironment = 'azureml:ridgeline-node@latest';

export interface PreparedFolder {
  readonly scriptPath: string | null;
  /** Environment variables of the curated environment. */
  readonly environment: Readonly<Record<string, string>>;
}

export class GenerationFolder {
  readonly path: string;
  readonly logPath: string;
  readonly #codePath: string;

  constructor(endpointFolder: string, generation: number) {
    this.path = join(endpointFolder, String(generation));
    this.logPath = join(this.path, 'instance.log');
    this.#codePath = join(this.path, 'code');
  }

  /** Puts all in place that an instance needs; what is there from an earlier start is kept. */
  async prepare(
    workspace: EndpointWorkspace,
    deployment: DeploymentRecord,
  ): Promise<PreparedFolder> {
    await mkdir(this.path, { recursive: true, mode: 0o700 });
    const { codeId, scoringScript } = deployment;
    if (codeId === null || scoringScript === null) return { scriptPath: null, environment: {} };
    await this.#copyCode(workspace, codeId);
    const { env } = await workspace.environments.prepare(curatedEnvironment, this.#codePath);
    return { scriptPath: join(this.#codePath, scoringScript), environment: env };
  }

  async #copyCode(workspace: EndpointWorkspace, codeId: string): Promise<void> {
    if (await exists(this.#codePath)) return;
    // Renamed when it is whole, so that a copy that was cut off is never taken for the code.
    const partial = `${this.#codePath}.partial`;
    await rm(partial, { recursive: true, force: true });
    await workspace.code.copyTo(codeId, partial);
    await rename(partial, this.#codePath);
  }
}

/** Removes the folders of all other generations. */
export async function keepGenerations(
  endpointFolder: string,
  generations: readonly number[],
): Promise<void> {
  for (const folder of await readdir(endpointFolder)) {
    if (generations.includes(Number(folder))) continue;
    await rm(join(endpointFolder, folder), { recursive: true });
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
