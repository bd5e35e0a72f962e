import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { errorOf } from '../../test/error-of.ts';
import { ensembleOf, features, randomOf, randomTree } from '../../test/random-trees.ts';
import { LearnError } from '../errors.ts';
import { packInt32, packUint8, packUint32 } from '../model-json/packed-array.ts';
import { FittedTreeClassifier, FittedTreeRegressor } from './fitted-tree-models.ts';
import { predictRaw } from './predict-raw.ts';
import { readTreeClassifier, readTreeRegressor } from './read-tree-model.ts';
import type { TreeEnsemble } from './tree.ts';
import { ensembleToJson, readEnsemble } from './tree-json.ts';

const random = randomOf(3);
const ensemble: TreeEnsemble = {
  columnCount: 3,
  outputCount: 1,
  baseScore: Float64Array.of(0.25),
  trees: [randomTree(random, 3, 1), randomTree(random, 2, 1)],
};

describe('an ensemble in JSON', () => {
  it('is read as it was, bit for bit', () => {
    fc.assert(
      fc.property(ensembleOf(20), features, (made, x) => {
        const again = readEnsemble(JSON.parse(JSON.stringify(ensembleToJson(made))));
        expect(again).toEqual(made);
        expect(predictRaw(again, x)).toEqual(predictRaw(made, x));
      }),
    );
  });

  it('is not written where no text could hold it', () => {
    const [tree] = ensemble.trees;
    const trees = new Array<typeof tree>(1000).fill({ ...tree, value: new Float32Array(1e5) });
    const error = errorOf(() => ensembleToJson({ ...ensemble, trees }));
    expect(error.code).toBe('MODEL_TOO_LARGE');
    expect(error.message).toContain('a larger minSamplesLeaf');
  });

  const json = JSON.parse(JSON.stringify(ensembleToJson(ensemble)));
  const nodes = 8;
  const leaves = Array.from({ length: nodes }, () => -1);
  const packed = (values: number[]) => packInt32(Int32Array.from(values));

  it.each<[string, object, string]>([
    ['no columns', { columnCount: 0 }, "'columnCount' is not a whole number from 1"],
    ['too many outputs', { outputCount: 1e9 }, "'outputCount' is not a whole number"],
    ['a base score too few', { outputCount: 2 }, "'baseScore' has 1 items, and 2 are expected"],
    [
      'values of another width',
      { valueCount: 3 },
      "'valueCount' is not a whole number from 1 to 1",
    ],
    [
      'an empty tree',
      { nodeCounts: packUint32(Uint32Array.of(8, 0)) },
      "'nodeCounts' has a tree without nodes",
    ],
    [
      'counts that overflow',
      { nodeCounts: packUint32(Uint32Array.of(4e9, 4e9)) },
      "'feature' has 8 items, and 8000000000 are expected",
    ],
    ['a column outside', { feature: packed([3, ...leaves.slice(1)]) }, 'node 0 splits column 3'],
    ['a column below', { feature: packed([-2, ...leaves.slice(1)]) }, 'node 0 splits column -2'],
    ['a circle', { left: packed(leaves.map(() => 0)) }, 'tree 0, node 0 has no child 0 of its own'],
    ['a child outside', { right: packed(leaves.map(() => 99)) }, 'node 0 has no child 99'],
    ['nodes that nothing leads to', { feature: packed(leaves) }, "node 1 is no node's child"],
    [
      'a strange side',
      { missingLeft: packUint8(new Uint8Array(nodes).fill(2)) },
      'node 0 sends missing values neither left nor right',
    ],
    [
      'a set outside',
      { categoryStart: packed(leaves.map(() => 1000)) },
      'node 0 has its set of categories outside',
    ],
    ['a text for numbers', { gain: 'AAAA' }, "'gain' is not an object"],
  ])('is refused with %s', (_, change, message) => {
    const error = errorOf(() => readEnsemble({ ...json, ...change }));
    expect(error.code).toBe('MODEL_INVALID');
    expect(error.message).toContain(message);
  });

  it('is read or refused with a code, whatever a field is', () => {
    const field = fc.constantFrom(...Object.keys(json));
    const value = fc.oneof(fc.jsonValue(), fc.constantFrom(...Object.values(json)));
    fc.assert(
      fc.property(field, value, (name, other) => {
        try {
          readEnsemble({ ...json, [name]: other });
        } catch (error) {
          expect(error).toBeInstanceOf(LearnError);
        }
      }),
    );
  });
});

describe('a fitted model in JSON', () => {
  const specs = {};
  const training = { curve: [3, 2, 1], bestIteration: 2 };
  const regressor = new FittedTreeRegressor({
    ...{ estimator: 'Trees', parameters: {}, ensemble, link: 'exp' },
    ...training,
  });
  const classifier = new FittedTreeClassifier({
    ...{ estimator: 'Trees', parameters: {}, ensemble, link: 'logistic', classes: ['no', 'yes'] },
    ...training,
  });

  it('keeps its link, its curve and its classes', () => {
    const again = readTreeRegressor(JSON.parse(JSON.stringify(regressor)), 'Trees', specs);
    expect(again).toMatchObject({ ...training, link: 'exp' });
    expect(again).toEqual(regressor);
    expect(readTreeClassifier(JSON.parse(JSON.stringify(classifier)), 'Trees', specs)).toEqual(
      classifier,
    );
  });

  it.each<[string, object, string]>([
    ['another estimator', { estimator: 'Forest' }, "'estimator' is not one of Trees"],
    ['a strange parameter', { parameters: { depth: 1 } }, "no parameter 'depth'"],
    ['a strange link', { link: 'probit' }, "'link' is not one of"],
    ['a curve that is none', { curve: [null] }, "'curve' at index 0"],
    ['half a round', { bestIteration: 0.5 }, "'bestIteration' is not a whole number"],
    ['no ensemble', { ensemble: null }, "'ensemble' is not an object"],
  ])('is refused with %s', (_, change, message) => {
    const written = JSON.parse(JSON.stringify(regressor));
    const error = errorOf(() => readTreeRegressor({ ...written, ...change }, 'Trees', specs));
    expect(error.code).toBe('MODEL_INVALID');
    expect(error.message).toContain(message);
  });

  it('is refused with classes that its outputs are not for', () => {
    const written = JSON.parse(JSON.stringify(classifier));
    for (const change of [{ classes: ['a', 'b', 'c'] }, { classes: ['a', 'a'] }]) {
      const read = () => readTreeClassifier({ ...written, ...change }, 'Trees', specs);
      expect(errorOf(read).code).toBe('MODEL_INVALID');
    }
  });
});
