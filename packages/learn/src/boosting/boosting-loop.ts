// The rounds of boosting: gradients, a tree of them, its values, new scores, a look at the validation
// rows. Owns no numerics of its own.

import { LearnError } from '../errors.ts';
import type { ThreadTeam } from '../estimator/thread-team.ts';
import type { Loss } from '../loss/loss.ts';
import { weightedQuantile } from '../loss/weighted-quantile.ts';
import type { Tree, TreeEnsemble } from '../tree/tree.ts';
import type { BoostingParameters } from './boosting-parameters.ts';
import { EarlyStopping } from './early-stopping.ts';
import type { BinnedRows } from './fit-data.ts';
import { FitState } from './fit-state.ts';
import { unsplitTree } from './tree-builder.ts';
import type { GrownTree } from './tree-grower.ts';

export interface BoostingOptions {
  readonly loss: Loss;
  /** Rows whose loss is watched for early stopping; their features are binned alike. */
  readonly watched?: BinnedRows;
  readonly shouldStop?: () => boolean;
  readonly team?: ThreadTeam;
  /** For tests: the TypeScript twins instead of the compiled kernels. */
  readonly backend?: 'compiled' | 'twin';
}

export interface BoostingFit {
  readonly ensemble: TreeEnsemble;
  /** Validation loss after each round; empty where nothing was watched. */
  readonly curve: readonly number[];
  /** Rounds kept; null where nothing was watched. */
  readonly bestIteration: number | null;
  /** Raw scores of the watched rows by the model as kept, `outputCount` a row; else null. */
  readonly watchedScores: Float64Array | null;
}

/**
 * Boosts trees on rows of binned features, which any number of fits may share.
 * @throws LearnError DATA_OUT_OF_RANGE where the loss does not take the target, or its values are
 * beyond what float32 holds.
 */
export function fitBoosting(
  training: BinnedRows,
  parameters: BoostingParameters,
  options: BoostingOptions,
): BoostingFit {
  const state = new FitState(training, parameters, options);
  try {
    return new BoostingLoop(state, parameters, options).run();
  } finally {
    state.close();
  }
}

class BoostingLoop {
  readonly #state: FitState;
  readonly #parameters: BoostingParameters;
  readonly #options: BoostingOptions;
  readonly #trees: Tree[] = [];
  readonly #stopping: EarlyStopping | null;
  #bestScores: Float64Array | null;

  constructor(state: FitState, parameters: BoostingParameters, options: BoostingOptions) {
    this.#state = state;
    this.#parameters = parameters;
    this.#options = options;
    const { nIterNoChange, tol } = parameters;
    const isWatching = state.watchedCount > 0;
    this.#stopping = isWatching ? new EarlyStopping(nIterNoChange, tol, state.watchedLoss()) : null;
    this.#bestScores = isWatching ? state.watchedScores() : null;
  }

  run(): BoostingFit {
    for (let round = 0; round < this.#parameters.maxIterations; round++) {
      if (round > 0 && this.#options.shouldStop?.()) break;
      if (!this.#growRound(round)) break;
      if (this.#stopping === null) continue;
      if (this.#stopping.note(this.#state.watchedLoss())) {
        this.#bestScores = this.#state.watchedScores();
      }
      if (this.#stopping.isOver) break;
    }
    return this.#fitted();
  }

  /** One tree an output; false where no output has anything left to learn. */
  #growRound(round: number): boolean {
    const state = this.#state;
    const { outputCount } = this.#options.loss;
    state.beginRound(round);
    const trees: Tree[] = [];
    let hasLearnt = false;
    for (let output = 0; output < outputCount; output++) {
      const grown = state.grow(output, round * outputCount + output);
      if (grown === null || grown.leafCount === 1) {
        trees.push(unsplitTree());
        continue;
      }
      const values = this.#leafValues(grown);
      state.addValues(output, values);
      trees.push(grown.build(values));
      hasLearnt = true;
    }
    if (hasLearnt) this.#trees.push(...trees);
    return hasLearnt;
  }

  #leafValues({ steps, leafCount }: GrownTree): Float32Array {
    const { leafQuantile } = this.#options.loss;
    const rate = this.#parameters.learningRate;
    const values = new Float32Array(leafCount);
    for (let leaf = 0; leaf < leafCount; leaf++) {
      values[leaf] =
        rate * (leafQuantile === null ? steps[leaf] : this.#renewed(leaf, leafQuantile));
      if (!Number.isFinite(values[leaf])) throw beyondFloat(values[leaf]);
    }
    return values;
  }

  /** The quantile of what the leaf's rows still lack. */
  #renewed(leaf: number, quantile: number): number {
    const { residuals, weights } = this.#state.residualsOf(leaf);
    return weightedQuantile(residuals, weights, quantile);
  }

  #fitted(): BoostingFit {
    const { outputCount } = this.#options.loss;
    const rounds = this.#stopping?.bestIteration ?? null;
    const trees = rounds === null ? this.#trees : this.#trees.slice(0, rounds * outputCount);
    const { baseScore, columnCount } = this.#state;
    return {
      ensemble: { columnCount, outputCount, baseScore, trees },
      curve: this.#stopping?.curve ?? [],
      bestIteration: rounds,
      watchedScores: this.#bestScores,
    };
  }
}

function beyondFloat(value: number): LearnError {
  return new LearnError(
    'DATA_OUT_OF_RANGE',
    `a leaf's value is ${value}, beyond what a model holds (float32); bring the target to a smaller scale`,
  );
}
