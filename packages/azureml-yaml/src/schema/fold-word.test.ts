import { expect, it } from 'vitest';
import { foldWord } from './fold-word.ts';

it.each([
  ['LightGBM', ['light_gbm', 'sgd'], 'light_gbm'],
  ['SGD', ['light_gbm', 'sgd'], 'sgd'],
  ['xg_boost_regressor', ['xgboost_regressor'], 'xgboost_regressor'],
  ['AUC_weighted', ['auc_weighted'], 'auc_weighted'],
  ['AmlCompute', ['amlcompute'], 'amlcompute'],
  ['LightGMB', ['light_gbm'], 'lightgmb'],
])('%s is meant as %s', (text, allowed, word) => {
  expect(foldWord(text, allowed)).toBe(word);
});
