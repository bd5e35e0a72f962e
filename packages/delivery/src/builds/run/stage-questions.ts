// What the stages of a build ask before they begin, of people and of locks, and the locks that they
// then hold. An answer to a stage that has ended in the meantime is void.
import {
  type AwaitStart,
  type CheckStage,
  type GateAnswer,
  passGate,
} from '@ridgeline/azure-pipelines';
import { stageGate } from '../checks/stage-gate.ts';
import type { BuildSurroundings } from './build-surroundings.ts';
import { askForStart } from './manual-start.ts';

export class StageQuestions {
  readonly #around: BuildSurroundings;
  readonly #locks: Map<string, readonly string[]>;
  /** By stage: what is asked, until the stage needs no answer any more. */
  readonly #asked = new Map<string, AbortController>();

  /** `locks`: those that its stages have held when an earlier server ended. */
  constructor(around: BuildSurroundings, locks: Readonly<Record<string, readonly string[]>>) {
    this.#around = around;
    this.#locks = new Map(Object.entries(locks));
    const { build_id: buildId } = around.build;
    for (const [stage, names] of this.#locks)
      around.locks.hold(names, { buildId, stage, behavior: 'sequential' });
  }

  /** Stage → its locks. */
  get locks(): Readonly<Record<string, readonly string[]>> {
    return Object.fromEntries(this.#locks);
  }

  async check(action: CheckStage): Promise<GateAnswer> {
    const host = stageGate(action, this.#around);
    const gate = await passGate(action, host, this.#signalOf(action.stage.id));
    if (gate.locks.length > 0) this.#locks.set(action.stage.id, gate.locks);
    return gate;
  }

  /** Undefined: the question is void. */
  async awaitStart({ stage }: AwaitStart, attempt: number): Promise<boolean | undefined> {
    return askForStart(stage, attempt, this.#around, this.#signalOf(stage.id));
  }

  /** It holds nothing any more: to be said before the snapshot that knows of its end. */
  forget(stage: string): void {
    this.#locks.delete(stage);
  }

  /** Others may have what it held: to be said after that. */
  release(stage: string): void {
    this.#asked.get(stage)?.abort();
    this.#asked.delete(stage);
    const { locks, build } = this.#around;
    locks.release({ buildId: build.build_id, stage });
  }

  stop(): void {
    for (const question of this.#asked.values()) question.abort();
  }

  #signalOf(stage: string): AbortSignal {
    const question = new AbortController();
    this.#asked.set(stage, question);
    return question.signal;
  }
}
