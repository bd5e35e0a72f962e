import { ApiError, type Endpoint } from '@ridgeline/client';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { callByWeights, callsByWeight, weightsOf } from './canary.ts';

let printed: string[];
beforeEach(() => {
  printed = [];
  vi.spyOn(console, 'log').mockImplementation((line) => void printed.push(line));
});
afterEach(() => vi.restoreAllMocks());

async function call(there: readonly string[], blue: number, broken = '') {
  const called: string[] = [];
  const endpoints = {
    get: async (name: string) => {
      if (there.includes(name)) return { name } as Endpoint;
      const message = `no endpoint ${name}`;
      throw new ApiError({ code: 'ENDPOINT_NOT_FOUND', status: 404, message });
    },
    invoke: async (name: string) => {
      called.push(name);
      if (name === broken) throw new Error('502');
    },
  };
  const weights = { green: 100 - blue, blue };
  await callByWeights(endpoints, { green: 'green', blue: 'blue', weights, calls: 4 });
  return called;
}

describe('calls by weight', () => {
  it.each([
    [0, 'green green green green'],
    [25, 'green green green blue'],
    [50, 'green blue green blue'],
    [100, 'blue blue blue blue'],
  ])('with %i for blue are %s', (blue, calls) => {
    expect(callsByWeight({ green: 100 - blue, blue }, 4).join(' ')).toBe(calls);
  });
});

describe('a canary', () => {
  it('calls both releases, and counts', async () => {
    expect(await call(['green', 'blue'], 50)).toEqual(['green', 'blue', 'green', 'blue']);
    expect(printed).toEqual(['green: 2 calls, 0 failed', 'blue: 2 calls, 0 failed']);
  });

  it('fails for one call that fails, once it has counted all', async () => {
    const failing = call(['green', 'blue'], 50, 'blue');
    await expect(failing).rejects.toMatchObject({ code: 'CANARY_FAILED' });
    expect(printed).toContain('blue: 2 calls, 2 failed');
  });

  it('is all blue at the first release', async () => {
    expect(await call(['blue'], 50)).toEqual(['blue', 'blue', 'blue', 'blue']);
    expect(printed[0]).toContain('the first release');
  });

  it('goes back to nothing where there was no release', async () => {
    expect(await call(['blue'], 0)).toEqual([]);
    expect(printed[0]).toContain('no release to go back to');
  });
});

describe('the table of weights', () => {
  const table = { Blue_50: { green: 50, blue: 50 }, Odd: { green: 50, blue: 40 } };

  it('has those of a stage', () => {
    expect(weightsOf(table, 'Blue_50')).toEqual({ green: 50, blue: 50 });
  });

  it.each(['Blue_5', 'Odd'])('%s is refused with what there is', (stage) => {
    expect(() => weightsOf(table, stage)).toThrow(/it has Blue_50, Odd/);
  });
});
