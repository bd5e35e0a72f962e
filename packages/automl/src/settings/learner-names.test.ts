import { describe, expect, it } from 'vitest';
import { allowedFamilies, blockedFamilies } from './learner-names.ts';

describe('the names of learners', () => {
  it.each([
    ['light_gbm', 'gradient_boosting'],
    ['LightGBM', 'gradient_boosting'],
    ['XGBoostRegressor', 'gradient_boosting'],
    ['xgboost_classifier', 'gradient_boosting'],
    ['gradient_boosting', 'gradient_boosting'],
    ['RandomForest', 'random_forest'],
    ['extreme_random_trees', 'extra_trees'],
    ['ElasticNet', 'elastic_net'],
    ['lasso_lars', 'lasso'],
    ['knn', 'k_neighbors'],
    ['DecisionTree', 'decision_tree'],
    ['logistic_regression', 'logistic_regression'],
  ])('%s is %s', (name, family) => {
    expect(allowedFamilies([name])).toEqual(new Set([family]));
  });

  it('passes over what is blocked and not there', () => {
    expect(blockedFamilies(['svm', 'knn'])).toEqual(new Set(['k_neighbors']));
  });

  it.each(['svm', 'SGD', 'tcn_forecaster'])('refuses to be left with %s', (name) => {
    expect(() => allowedFamilies([name])).toThrow('is not among the learners here');
  });
});
