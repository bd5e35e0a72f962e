import fc from 'fast-check';
import { expect, test } from 'vitest';
import { renameText } from './rename.ts';
import { templateNamed } from './templates.ts';

test.each([
  ['diabetes_regression_model', 'house_prices_model'],
  ['endpoint_name: diabetes-regression', 'endpoint_name: house-prices'],
  ['data/diabetes.csv', 'data/house_prices.csv'],
  ['# Diabetes', '# House_prices'],
  ['nothing of it', 'nothing of it'],
])('%s becomes %s', (text, renamed) => {
  expect(renameText(text, 'house_prices')).toBe(renamed);
});

test('an endpoint’s name has no underscore and no capital', () => {
  expect(renameText('diabetes-regression', '_My_Model_')).toBe('my-model');
});

test('each template has its own name', () => {
  const template = templateNamed('automl-lifecycle');
  const renamed = renameText(
    'automl-lifecycle automl_lifecycle automlmodel',
    'cpu_speed',
    template,
  );
  expect(renamed).toBe('cpu-speed cpu_speed automlmodel');
  expect(templateNamed('no-such')).toBeUndefined();
});

test('nothing of the sample’s name is left', () => {
  const part = fc.constantFrom('diabetes', 'Diabetes', 'diabetes_regression', '-', '_', ' ', 'x');
  fc.assert(
    fc.property(fc.array(part), (parts) => {
      expect(renameText(parts.join(''), 'sales').toLowerCase()).not.toContain('diabetes');
    }),
  );
});
