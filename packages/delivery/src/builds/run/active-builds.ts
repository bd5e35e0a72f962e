// The builds that go, each until its end: taken up, gone on with after a passing fault, closed; and what is
// done behind that.
import { rm } from 'node:fs/promises';
import { Resumption } from '@ridgeline/workspace';
import { sweepBuilds } from '../retention.ts';
import type { BuildRow } from '../store/build-store.ts';
import type { Counters } from '../store/counters.ts';
import type { ActiveBuild } from './active-build.ts';
import type { EngineParts } from './build-surroundings.ts';
import { openBuild } from './open-build.ts';

interface Going {
  readonly build: ActiveBuild;
  readonly end: Promise<void>;
}

export interface ActiveBuildsOptions {
  /** What a build may take to end in order; default 10,000. */
  readonly closeGraceMs?: number | undefined;
  /** Before work goes on that a passing fault has broken off; default 5,000. */
  readonly resumePauseMs?: number | undefined;
  readonly onInternalError: (buildId: string, error: unknown) => void;
}

export class ActiveBuilds {
  readonly #parts: EngineParts;
  readonly #counters: Counters;
  readonly #closeGraceMs: number;
  readonly #resumption: Resumption;
  readonly #going = new Map<number, Going>();
  readonly #opening = new Map<number, Promise<void>>();
  /** Also of builds that have ended, until what is done behind them is done. */
  readonly #ends = new Set<Promise<void>>();
  #isClosed = false;

  constructor(parts: EngineParts, counters: Counters, options: ActiveBuildsOptions) {
    this.#parts = parts;
    this.#counters = counters;
    this.#closeGraceMs = options.closeGraceMs ?? 10_000;
    this.#resumption = new Resumption({
      firstPauseMs: options.resumePauseMs ?? 5_000,
      resume: (id) => this.resume(id),
      report: options.onInternalError,
    });
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

  /** What keeps it from beginning is thrown; of a passing fault it begins by itself later. */
  async takeUp(row: BuildRow): Promise<void> {
    try {
      await this.#openOnce(row);
    } catch (error) {
      this.#resumption.note(String(row.build_id), error);
      throw error;
    }
  }

  /** Goes on with one whose work was broken off; nothing happens where it goes, or has ended. */
  async resume(id: string): Promise<void> {
    const row = await this.#parts.store.get(id);
    if (row.status === 'completed' || this.has(row.build_id) || this.#isClosed) return;
    await this.#openOnce(row);
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

  /** Once, however many ask for it at the same time. */
  async #openOnce(row: BuildRow): Promise<void> {
    const id = row.build_id;
    const opening = this.#opening.get(id) ?? this.#open(row);
    this.#opening.set(id, opening);
    await opening.finally(() => this.#opening.delete(id));
  }

  async #open(row: BuildRow): Promise<void> {
    this.run(row, await openBuild(row, this.#parts, this.#counters));
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
    this.#isClosed = true;
    await this.#resumption.stop();
    const all = [...this.#going.values()];
    await Promise.all(all.map(({ build }) => build.close(this.#closeGraceMs)));
    await Promise.all(this.#ends);
  }
}
