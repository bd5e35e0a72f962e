import { describe, expect, it } from 'vitest';
import { delay } from './delay.ts';
import { manualValidation } from './manual-validation.ts';
import { TestServerStep } from './server-step.fixture.ts';

describe('Delay', () => {
  it('waits for its minutes', async () => {
    const step = new TestServerStep();
    expect(await step.run(delay, { delayForMinutes: '1.5' })).toEqual({ result: 'succeeded' });
    expect(step.host.slept).toEqual([90_000]);
  });

  it.each(['soon', '-1', '1e9'])('refuses %s', async (delayForMinutes) => {
    const { message } = await new TestServerStep().run(delay, { delayForMinutes });
    expect(message).toContain(`'${delayForMinutes}'`);
  });

  it('ends with a cancel', async () => {
    const step = new TestServerStep();
    step.host.onSleep = () => step.cancel.abort();
    expect((await step.run(delay, { delayForMinutes: '1' })).result).toBe('canceled');
  });
});

describe('ManualValidation', () => {
  const inputs = {
    notifyUsers: 'a@x.org\nb@x.org, c@x.org',
    instructions: 'Look.',
    onTimeout: 'resume',
  };

  it('asks, and goes on when someone resumes', async () => {
    const step = new TestServerStep();
    const { result } = await step.run(manualValidation, inputs);
    expect(result).toBe('succeeded');
    expect(step.host.questions).toEqual([
      {
        instructions: 'Look.',
        notify: ['a@x.org', 'b@x.org', 'c@x.org'],
        approvers: [],
        allowSelfApproval: true,
        onTimeout: 'resume',
      },
    ]);
    expect(step.lines.at(-1)).toBe('Resumed by ada');
  });

  it.each([
    ['resume', 'succeeded'],
    ['reject', 'canceled'],
  ])('when its time is up, `onTimeout: %s` makes it %s', async (onTimeout, result) => {
    const step = new TestServerStep();
    step.host.waitForPerson = async (_question, signal) => {
      step.cancel.abort(new DOMException('The task has timed out.', 'TimeoutError'));
      throw signal.reason;
    };
    expect((await step.run(manualValidation, { ...inputs, onTimeout })).result).toBe(result);
  });

  it('fails when someone rejects, with the reason', async () => {
    const step = new TestServerStep();
    step.host.decision = { decision: 'reject', by: 'bob', comment: 'mse is worse' };
    expect(await step.run(manualValidation, inputs)).toEqual({
      result: 'failed',
      message: 'Rejected by bob: mse is worse',
    });
  });
});
