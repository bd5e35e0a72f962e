import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chooseDeployment } from './choose-deployment.ts';

const blue = { name: 'blue', traffic: 90 };
const green = { name: 'green', traffic: 10 };

describe('without a header', () => {
  it.each([
    [0, blue],
    [0.8999, blue],
    [0.9, green],
    [0.9999, green],
  ])('draw %d of 90/10 goes to the right one', (draw, expected) => {
    expect(chooseDeployment([blue, green], undefined, () => draw)).toBe(expected);
  });

  it('a deployment with no traffic is never chosen', () => {
    const weights = fc.array(fc.integer({ min: 0, max: 100 }), { maxLength: 5 });
    const draws = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
    fc.assert(
      fc.property(weights, draws, (traffics, draw) => {
        const deployments = traffics.map((traffic, index) => ({ name: `d${index}`, traffic }));
        const choose = () => chooseDeployment(deployments, undefined, () => draw);
        if (traffics.every((traffic) => traffic === 0)) {
          expect(choose).toThrow(
            expect.objectContaining({ code: 'DEPLOYMENT_NOT_READY', status: 503 }),
          );
        } else {
          expect(choose().traffic).toBeGreaterThan(0);
        }
      }),
    );
  });
});

describe('with a header', () => {
  it('the named deployment is chosen whatever its traffic', () => {
    const idle = { name: 'idle', traffic: 0 };
    expect(chooseDeployment([blue, idle], 'idle', () => 0)).toBe(idle);
  });

  it('an unknown name is not found, and the message says which there are', () => {
    expect(() => chooseDeployment([blue, green], 'red', () => 0)).toThrow(
      expect.objectContaining({
        code: 'DEPLOYMENT_NOT_FOUND',
        status: 404,
        message: expect.stringMatching(/"red".*blue, green/),
      }),
    );
  });
});
