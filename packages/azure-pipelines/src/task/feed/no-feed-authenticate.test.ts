import { expect, it } from 'vitest';
import { withStep } from '../testing.fixture.ts';
import { cargoAuthenticate, mavenAuthenticate, nuGetAuthenticate } from './no-feed-authenticate.ts';

it.each([nuGetAuthenticate, mavenAuthenticate, cargoAuthenticate])(
  '$name does nothing where nothing is named, and says so',
  (task) =>
    withStep(async (step) => {
      expect(await step.run(task)).toEqual({ result: 'succeeded' });
      expect(step.log).toContain('nothing to sign in to');
    }),
);

it('a feed that is named is refused, with what to do', () =>
  withStep(async (step) => {
    const { result, message } = await step.run(nuGetAuthenticate, { nuGetServiceConnections: 'x' });
    expect(result).toBe('failed');
    expect(message).toContain(
      "'nuGetServiceConnections' asks NuGetAuthenticate to sign in to a feed",
    );
  }));
