// What the steps of a job have left for those behind them, kept encrypted while the job runs: the
// server that comes after this one needs it for the steps that run always.
import { createHash } from 'node:crypto';
import type { JobMemory } from '@ridgeline/azure-pipelines';
import { RidgelineError } from '@ridgeline/workspace';
import type { SealedTexts } from '../store/sealed-texts.ts';

export class KeptMemory {
  readonly #texts: SealedTexts;
  readonly #name: string;
  #kept: string;

  /** `prefix`: of the secrets of the build. */
  constructor(texts: SealedTexts, prefix: string, jobId: string, memory?: JobMemory) {
    this.#texts = texts;
    this.#name = nameOf(prefix, jobId);
    this.#kept = JSON.stringify(memory ?? nothing);
  }

  /** Most steps leave nothing, and then nothing is written. */
  async keep(memory: JobMemory): Promise<void> {
    const json = JSON.stringify(memory);
    if (json === this.#kept) return;
    await this.#texts.put(this.#name, json);
    this.#kept = json;
  }
}

/** Undefined where nothing was left. */
export async function recallMemory(
  texts: SealedTexts,
  prefix: string,
  jobId: string,
): Promise<JobMemory | undefined> {
  try {
    return JSON.parse(await texts.get(nameOf(prefix, jobId))) as JobMemory;
  } catch (error) {
    const isNone = error instanceof RidgelineError && error.code === 'SECRET_NOT_FOUND';
    if (isNone) return undefined;
    throw error;
  }
}

const nothing: JobMemory = {
  variables: [],
  outputs: [],
  secrets: [],
  prependedPath: [],
  endpointChanges: [],
  sources: null,
};

/** A secret's name has a limit, and the id of a job has none. */
function nameOf(prefix: string, jobId: string): string {
  return `${prefix}/jobs/${createHash('sha256').update(jobId).digest('hex').slice(0, 32)}`;
}
