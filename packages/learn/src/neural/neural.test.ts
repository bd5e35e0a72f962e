// The networks: the compiled kernels beside their twins, the pass forward beside scikit-learn's, the
// gradient beside differences of the loss, and how well a relation is learnt.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { errorOf } from '../../test/error-of.ts';
import { plantedTarget, randomMatrix, uniform } from '../../test/learner-data.ts';
import { learnerReference, type NetworkCase, referenceData } from '../../test/learner-reference.ts';
import { FeatureMatrix } from '../matrix/feature-matrix.ts';
import { matrixFromRows } from '../matrix/matrix-from-rows.ts';
import { r2Score } from '../metrics/explained-scores.ts';
import { packFloat32 } from '../model-json/packed-array.ts';
import { RandomState } from '../random/random-state.ts';
import { FittedMlpClassifier } from './fitted-mlp-classifier.ts';
import { FittedMlpRegressor } from './fitted-mlp-regressor.ts';
import { MLPClassifier } from './mlp-classifier.ts';
import { MLPRegressor } from './mlp-regressor.ts';
import { Network } from './network.ts';
import { compiledNeural, type NeuralBackend, twinNeural } from './neural-kernels.ts';
import { binaryLoss, type OutputLoss, softmaxLoss, squaredLoss } from './output-loss.ts';

/** The bits that some steps of training leave in the weights. */
function trainedBits(backend: NeuralBackend, widths: number[], batch: number, seed: number) {
  const network = new Network(backend, widths, { batchSize: batch, activation: 'relu' });
  network.initialize(new RandomState(seed));
  const draw = uniform(seed);
  const rows = Int32Array.from({ length: batch }, (_, i) => i);
  const loss = squaredLoss(new Float64Array(batch).map(draw));
  for (let step = 0; step < 3; step++) {
    for (let i = 0; i < batch; i++) {
      for (let j = 0; j < widths[0]; j++) network.input[i * network.inputWidth + j] = draw();
    }
    network.forward(batch);
    loss(network.output, rows, null, 1 / batch);
    network.backward(batch);
    network.step(0.01, 1e-3);
  }
  return network.layers.flatMap(({ weights, biases }) => [...weights, ...biases]);
}

it('the compiled kernels and their twins leave the same bits', () => {
  const compiled = compiledNeural();
  expect(compiled).not.toBeNull();
  if (compiled === null) return;
  const width = fc.integer({ min: 1, max: 21 });
  const widths = fc.tuple(width, width, width).map((hidden) => [...hidden, 1]);
  fc.assert(
    fc.property(widths, fc.integer({ min: 1, max: 11 }), fc.nat(99), (sizes, batch, seed) => {
      compiled.memory.reset();
      const bits = trainedBits(compiled, sizes, batch, seed);
      expect(bits).toEqual(trainedBits(twinNeural(), sizes, batch, seed));
    }),
    { numRuns: 40 },
  );
});

describe('the gradient is that of the loss', () => {
  it.each<[string, number, OutputLoss]>([
    ['squared', 1, squaredLoss(Float64Array.of(1, -1, 0.5))],
    ['binary', 1, binaryLoss(Int32Array.of(1, 0, 1))],
    ['softmax', 3, softmaxLoss(Int32Array.of(2, 0, 1))],
  ])('%s', (_, outputs, loss) => {
    const network = new Network(twinNeural(), [2, 5, outputs], {
      batchSize: 3,
      activation: 'tanh',
    });
    network.initialize(new RandomState(4));
    network.input.set(Float32Array.of(0.3, -0.2, 0, 0, 1, 0.5, 0, 0, -0.7, 0.1, 0, 0));
    const rows = Int32Array.of(0, 1, 2);
    const weights = Float64Array.of(1, 2, 0.5);
    const lossNow = () => {
      network.forward(3);
      return loss(network.output, rows, weights, 1);
    };
    const [first] = network.layers;
    lossNow();
    network.backward(3);
    for (const place of [0, 3, 4, 9]) {
      const analytic = first.weightGradient[place];
      const held = first.weights[place];
      first.weights[place] = held + 0.01;
      const above = lossNow();
      first.weights[place] = held - 0.01;
      const below = lossNow();
      first.weights[place] = held;
      expect((above - below) / 0.02).toBeCloseTo(analytic, 3);
    }
  });
});

function modelOf(one: NetworkCase) {
  const layers = one.layers.map(({ weights, biases }) => ({
    inputs: weights.length,
    outputs: biases.length,
    weights: packFloat32(Float32Array.from(weights.flat())),
    biases: packFloat32(Float32Array.from(biases)),
  }));
  const json = { parameters: { activation: one.activation }, columnCount: 5, layers, curve: [] };
  if (one.classCount === 1) {
    const unit = { outputScale: 1, outputShift: 0 };
    return FittedMlpRegressor.fromJSON({ ...json, ...unit, estimator: 'MLPRegressor' });
  }
  const classes = Array.from({ length: one.classCount }, (_, k) => k);
  return FittedMlpClassifier.fromJSON({ ...json, classes, estimator: 'MLPClassifier' });
}

it.each(learnerReference.networks)(
  "the pass forward gives scikit-learn's outputs: $activation, $classCount",
  (one) => {
    const { x } = referenceData('tall');
    const model = modelOf(one);
    const found =
      model.kind === 'regressor' ? model.predict(x) : model.predictProbabilities(x).values;
    one.outputs.flat().forEach((expected, i) => {
      expect(Math.abs(found[i] - expected)).toBeLessThan(1e-4 * Math.max(1, Math.abs(expected)));
    });
  },
);

it("learns a curved relation as well as scikit-learn's network does", () => {
  const { x, y, trainRows, r2 } = learnerReference.networkQuality;
  const parameters = { hiddenLayerSizes: [32, 32], maxIterations: 100 };
  const scores = [0, 1, 2].map((randomState) => {
    const estimator = new MLPRegressor({ ...parameters, randomState });
    const model = estimator.fit(matrixFromRows(x.slice(0, trainRows)), y.slice(0, trainRows));
    return r2Score(y.slice(trainRows), model.predict(matrixFromRows(x.slice(trainRows))));
  });
  expect((scores[0] + scores[1] + scores[2]) / 3).toBeGreaterThan(r2 - 0.03);
});

describe('early stopping', () => {
  const x = randomMatrix(200, 3, 5);
  const y = plantedTarget(x);

  it('keeps the epoch that was best on the validation rows', () => {
    const validation = { x: randomMatrix(50, 3, 6), y: plantedTarget(randomMatrix(50, 3, 6)) };
    const model = new MLPRegressor({ maxIterations: 60 }).fit(x, y, { validation });
    const error = model
      .predict(validation.x)
      .reduce((sum, value, i) => sum + 0.5 * (value - validation.y[i]) ** 2, 0);
    const best = Math.min(...model.curve) * model.outputScale ** 2;
    expect(error / 50).toBeCloseTo(best, 4);
  });

  it('ends when the loss falls no more, and differs with the seed', () => {
    const early = { earlyStopping: true, nIterNoChange: 2, tol: 0.05, learningRateInit: 0.02 };
    const model = new MLPClassifier(early).fit(
      x,
      Array.from(y, (v) => v > 10),
    );
    expect(model.curve.length).toBeLessThan(100);
    const other = new MLPClassifier({ ...early, randomState: 1 }).fit(
      x,
      Array.from(y, (v) => v > 10),
    );
    expect(other.curve).not.toEqual(model.curve);
  });

  it('takes validation rows only of the same columns and of known classes', () => {
    const labels = Array.from(y, (value) => value > 10);
    const fit = (validation: { x: FeatureMatrix; y: boolean[] | string[] }) =>
      new MLPClassifier({ maxIterations: 1 }).fit(x, labels, { validation });
    const two = FeatureMatrix.fromMatrix(randomMatrix(2, 2, 1));
    const three = FeatureMatrix.fromMatrix(randomMatrix(2, 3, 1));
    expect(errorOf(() => fit({ x: two, y: [true, false] })).code).toBe('SHAPE_MISMATCH');
    expect(errorOf(() => fit({ x: three, y: ['a', 'b'] })).code).toBe('DATA_LABEL_INVALID');
  });
});

describe('what a network cannot do is refused', () => {
  it('values that overflow in float32', () => {
    const error = errorOf(() => new MLPRegressor().fit(matrixFromRows([[1], [1e16]]), [1, 2]));
    expect(error.code).toBe('DATA_OUT_OF_RANGE');
    expect(error.message).toContain('StandardScaler');
  });

  it('layers that take gigabytes', () => {
    const parameters = { hiddenLayerSizes: Array(8).fill(4096), maxIterations: 1 };
    const error = errorOf(() =>
      new MLPRegressor(parameters).fit(matrixFromRows([[1], [2]]), [1, 2]),
    );
    expect(error.message).toContain('GiB, and 2 are allowed');
  });

  it('a loss that is no finite number', () => {
    const x = matrixFromRows([[1], [2], [3]]);
    const validation = { x, y: [1e300, 0, 0] };
    const error = errorOf(() => new MLPRegressor().fit(x, [1, 2, 3], { validation }));
    expect(error.code).toBe('DATA_OUT_OF_RANGE');
    expect(error.message).toContain('no finite number after 1 epochs');
  });
});
