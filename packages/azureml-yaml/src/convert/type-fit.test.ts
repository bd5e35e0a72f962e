import { describe, expect, it } from 'vitest';
import type { PortType } from '../job/port-types.ts';
import { typesFit, valueFits } from './type-fit.ts';

describe('types', () => {
  it.each<[PortType, PortType, boolean]>([
    ['uri_file', 'uri_file', true],
    ['uri_file', 'uri_folder', false],
    ['uri_folder', 'mlflow_model', true],
    ['mlflow_model', 'uri_folder', true],
    ['mlflow_model', 'uri_file', false],
    ['custom_model', 'uri_file', true],
    ['uri_file', 'custom_model', true],
    ['string', 'number', true],
    ['integer', 'number', true],
    ['number', 'integer', true],
    ['number', 'string', false],
    ['boolean', 'integer', false],
    ['string', 'uri_file', false],
    ['uri_file', 'string', false],
  ])('an input of type %s bound to %s: %s', (target, source, fits) => {
    expect(typesFit(target, source)).toBe(fits);
  });

  it.each([
    ['string', 1, true],
    ['integer', 1, true],
    ['integer', 1.5, false],
    ['integer', '1', false],
    ['number', 1.5, true],
    ['number', '1.5', false],
    ['boolean', true, true],
    ['boolean', 'true', false],
  ] as const)('a component input of type %s given %j: %s', (type, value, fits) => {
    expect(valueFits(type, value)).toBe(fits);
  });
});
