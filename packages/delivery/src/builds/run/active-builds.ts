// The builds that go, each until its end, and what is done behind that.
import { rm } from 'node:fs/promises';
import type { Resumption } from '@ridgeline/workspace';
import { sweepBuilds } from '../retention.ts';
import type { BuildRow } from '../store/build-store.ts';
import type { ActiveBuild } from './active-build.ts';
import type { EngineParts } from './build-surroundings.ts';

interface Going {
  readonly build: ActiveBuild;
  readonly end: Promise<void>;
}

export class ActiveBuilds {
  readonly #parts: EngineParts;
  readonly #closeGraceMs: number;
  readonly #resumption: Resumption;
  readonly #going = new Map<number, Going>();
  /** Also of builds that have ended, until what is done behind them is done. */
  readonly #ends = new Set<Promise<void>>();

  constructor(parts: EngineParts, closeGraceMs: number, resumption: Resumption) {
    this.#parts = parts;
    this.#closeGraceMs = closeGraceMs;
    this.#resumption = resumption;
  }

  get(id: number): ActiveBuild | undefined {
    return this.#going.get(id)?.build;
  }

  has(id: number): boolean {
    return this.#going.has(id);
  }

  /** Resolves when it has ended, and at once where it does not go. */
  async endOf(id: number): Promise<void> {
    await this.#going.get(id)?.end;
  }

  run(row: BuildRow, build: ActiveBuild): void {
    const id = row.build_id;
    const end = build.ended
      .then(
        () => this.#tidy(row),
        (error: unknown) => this.#breakOff(id, build, error),
      )
      .catch((error: unknown) => this.#parts.onInternalError(String(id), error));
    this.#going.set(id, { build, end });
    this.#ends.add(end);
    end.finally(() => this.#ends.delete(end));
  }

  /** What it has running ends first: as if it were the server before that had begun it. */
  async #breakOff(id: number, build: ActiveBuild, error: unknown): Promise<void> {
    await build.close(this.#closeGraceMs);
    this.#going.delete(id);
    this.#resumption.note(String(id), error);
  }

  async #tidy({ build_id: id, pipeline_id }: BuildRow): Promise<void> {
    const { store, paths } = this.#parts;
    this.#going.delete(id);
    this.#resumption.forget(String(id));
    await rm(paths.work(id), { recursive: true, force: true });
    await sweepBuilds(store, paths, pipeline_id);
  }

  /** Ends what runs; all are told in the same moment. */
  async close(): Promise<void> {
    const all = [...this.#going.values()];
    await Promise.all(all.map(({ build }) => build.close(this.#closeGraceMs)));
    await Promise.all(this.#ends);
  }
}
