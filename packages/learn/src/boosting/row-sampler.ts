// Which rows and columns each tree sees.

import { RandomState } from '../random/random-state.ts';
import type { BoostingParameters } from './boosting-parameters.ts';
import type { Crew } from './crew.ts';
import type { FitLayout } from './layout.ts';
import type { LeafRows } from './leaf-rows.ts';
import { drawSome, mixed } from './random-draws.ts';

export interface Shard {
  /** First training row, a multiple of 4, and how many there are. */
  readonly first: number;
  readonly count: number;
  readonly firstWatched: number;
  readonly watchedCount: number;
}

/** Training and watched rows in equal parts, one a thread. */
export function shardsOf(rowCount: number, watchedCount: number, size: number): readonly Shard[] {
  const cut = (shard: number) => Math.min(rowCount, Math.ceil((rowCount * shard) / size / 4) * 4);
  const cutWatched = (shard: number) => Math.floor((watchedCount * shard) / size);
  return Array.from({ length: size }, (_, shard) => ({
    first: cut(shard),
    count: cut(shard + 1) - cut(shard),
    firstWatched: rowCount + cutWatched(shard),
    watchedCount: cutWatched(shard + 1) - cutWatched(shard),
  }));
}

export class RowSampler {
  readonly #layout: FitLayout;
  readonly #crew: Crew;
  readonly #parameters: BoostingParameters;
  readonly #shards: readonly Shard[];

  constructor(
    layout: FitLayout,
    crew: Crew,
    parameters: BoostingParameters,
    shards: readonly Shard[],
  ) {
    this.#layout = layout;
    this.#crew = crew;
    this.#parameters = parameters;
    this.#shards = shards;
  }

  /** Puts the rows that the round's trees are grown on, and those that follow, into their roots. */
  place(round: number, leafRows: LeafRows, watchedRows: LeafRows): { readonly isWhole: boolean } {
    const isWhole = this.#parameters.baggingFraction === 1;
    const drawn = isWhole ? null : this.#draw(round, leafRows, watchedRows);
    if (drawn === null) {
      this.#list(leafRows, (shard) => [shard.first, shard.count]);
    }
    leafRows.reset(drawn ?? this.#shards.map(({ count }) => count));
    const others = this.#shards.map(({ count }, i) => (drawn === null ? 0 : count - drawn[i]));
    this.#crew.run('listRows', (i) => {
      const { firstWatched, watchedCount } = this.#shards[i];
      return [watchedRows.addressOf(i) + 4 * others[i], firstWatched, watchedCount];
    });
    watchedRows.reset(this.#shards.map(({ watchedCount }, i) => others[i] + watchedCount));
    return { isWhole: drawn === null };
  }

  /** The features, by position, that tree `tree` may split on, with its random choices. */
  features(tree: number): { readonly features: readonly number[]; readonly random: RandomState } {
    const { randomState, featureFraction } = this.#parameters;
    const random = new RandomState(mixed(randomState, tree, 1));
    const all = Array.from(this.#layout.shape.features.keys());
    const size = Math.max(1, Math.round(featureFraction * all.length));
    return { features: drawSome(random, all, size), random };
  }

  // Null where so few rows are there that none was drawn: then all of them are taken.
  #draw(round: number, leafRows: LeafRows, watchedRows: LeafRows): readonly number[] | null {
    const { randomState, baggingFraction, baggingFreq } = this.#parameters;
    const seed = mixed(randomState, Math.floor(round / baggingFreq), 2);
    const limit = Math.round(baggingFraction * 2 ** 32);
    const drawn = this.#crew.run('drawRows', (i) => {
      const { first, count } = this.#shards[i];
      return [first, count, seed, limit, leafRows.addressOf(i), watchedRows.addressOf(i)];
    });
    return drawn.some((count) => count > 0) ? drawn : null;
  }

  #list(rows: LeafRows, range: (shard: Shard) => readonly [number, number]): void {
    this.#crew.run('listRows', (i) => [rows.addressOf(i), ...range(this.#shards[i])]);
  }
}
