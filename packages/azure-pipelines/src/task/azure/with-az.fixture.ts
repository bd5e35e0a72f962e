// For tests: a step with an `az` that is a script of the test's own. What it is asked, and from where,
// is what counts.

import { principal, type TestStep, withStep } from '../testing.fixture.ts';

export async function withAz(
  script: string,
  test: (step: TestStep) => Promise<void>,
): Promise<void> {
  await withStep(async (step) => {
    await step.addProgram('az', script);
    step.connections.set('azure', principal('azure', { subscriptionId: 'sub-1' }));
    await test(step);
  });
}
