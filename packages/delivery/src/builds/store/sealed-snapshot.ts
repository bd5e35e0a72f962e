// A build's snapshot as it is kept: the orchestrator's state without the values of secret outputs,
// which are sealed, each under the name of its place, before the snapshot that lacks them is written.
import { createHash } from 'node:crypto';
import type { RunState } from '@ridgeline/azure-pipelines';
import type { SealedTexts } from './sealed-texts.ts';

export interface BuildSnapshot {
  readonly state: RunState;
  /** Stage → the locks that it holds. */
  readonly locks: Readonly<Record<string, readonly string[]>>;
}

export class SnapshotSeal {
  readonly #texts: SealedTexts;
  readonly #prefix: string;
  readonly #sealed = new Set<string>();

  constructor(texts: SealedTexts, prefix: string) {
    this.#texts = texts;
    this.#prefix = prefix;
  }

  async seal(snapshot: BuildSnapshot): Promise<string> {
    const state = structuredClone(snapshot.state);
    for (const { name, output } of secretOutputs(state)) {
      if (!this.#sealed.has(name)) await this.#texts.put(this.#nameOf(name), output.value);
      this.#sealed.add(name);
      output.value = '';
    }
    return JSON.stringify({ ...snapshot, state });
  }

  async open(json: string): Promise<BuildSnapshot> {
    const snapshot = JSON.parse(json) as BuildSnapshot;
    for (const { name, output } of secretOutputs(snapshot.state)) {
      output.value = await this.#texts.get(this.#nameOf(name));
      this.#sealed.add(name);
    }
    return snapshot;
  }

  #nameOf(place: string): string {
    const digest = createHash('sha256').update(place).digest('hex').slice(0, 32);
    return `${this.#prefix}/outputs/${digest}`;
  }
}

interface SecretOutput {
  readonly name: string;
  readonly output: { value: string };
}

function secretOutputs({ stages }: RunState): readonly SecretOutput[] {
  return stages.flatMap((stage) =>
    stage.jobs.flatMap((job) =>
      job.instances.flatMap((instance) =>
        instance.outputs.flatMap((output) => {
          if (!output.secret) return [];
          const place = [stage.id, job.id, instance.key, instance.attempt, output.name];
          // A whole-stage rerun counts the job's attempts on, and with them the instances'.
          return [{ name: JSON.stringify([...place, job.attempt]), output }];
        }),
      ),
    ),
  );
}
