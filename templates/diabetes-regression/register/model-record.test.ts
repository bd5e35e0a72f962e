import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { modelRecord } from './model-record.ts';

let printed: string[];
beforeEach(() => {
  printed = [];
  vi.spyOn(console, 'log').mockImplementation((line) => void printed.push(line));
});
afterEach(() => vi.restoreAllMocks());

const version = { name: 'm', version: '7', creation_timestamp: Date.UTC(2021, 11, 14, 13, 3, 24) };

describe('the record of a build’s model', () => {
  it('has the keys of Azure ML’s command line, in their order', () => {
    expect(JSON.stringify(modelRecord([version]))).toBe(
      '{"createdTime":"2021-12-14T13:03:24.000Z","framework":"Custom","frameworkVersion":null,' +
        '"id":"m:7","name":"m","version":7}',
    );
  });

  it('is that of the newest model of the build', () => {
    const earlier = { ...version, version: '6' };
    expect(modelRecord([version, earlier])).toMatchObject({ id: 'm:7' });
  });

  it('is a failure where the build has registered none', () => {
    expect(() => modelRecord([])).toThrow(
      expect.objectContaining({ code: 'MODEL_NOT_REGISTERED' }),
    );
    expect(printed).toEqual(['Model was not registered for this run.']);
  });
});
