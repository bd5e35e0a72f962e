// Conditions, results and how they come to the job's.

import { describe, expect, it } from 'vitest';
import { script, task } from './job-run.fixture.ts';
import { run } from './testing.fixture.ts';

describe('a step', () => {
  it('rows 15.25 and 14.20: succeeds by the exit code of its last command', async () => {
    const { results, output } = await run([script(['false', 'echo hi'])]);
    expect(results).toEqual(['succeeded']);
    expect(output(0)).toEqual(['hi']);
  });

  it('that fails keeps those after it from running, and tells why', async () => {
    const { results, finished, log } = await run([script('exit 3'), script('echo never')]);
    expect(results).toEqual(['failed', 'skipped']);
    expect(finished.result).toBe('failed');
    expect(log).toContain("##[error]Bash exited with code '3'.");
    const skip = log.indexOf('Skipping step due to condition evaluation.');
    expect(log.slice(skip + 1, skip + 3)).toEqual(['Evaluating: succeeded()', 'Result: False']);
    expect(finished.steps[2]?.conditionTrace).toEqual(['Evaluating: succeeded()', 'Result: False']);
  });

  it('with a condition of its own does not ask whether the others succeeded', async () => {
    const { results, log } = await run(
      [
        script('exit 1'),
        script('true', { condition: "eq(variables.run, 'yes')" }),
        script('true', { condition: "and(succeeded(), eq(variables['run'], 'yes'))" }),
        script('true', { condition: 'failed()' }),
        script('true', { condition: 'succeededOrFailed()' }),
        script('true', { condition: 'canceled()' }),
        script('true', { condition: 'always()' }),
      ],
      { job: { variables: { run: 'yes' } } },
    );
    expect(results).toEqual([
      'failed',
      'succeeded',
      'skipped',
      'succeeded',
      'succeeded',
      'skipped',
      'succeeded',
    ]);
    expect(log).toContain("Evaluating: and(succeeded(), eq(variables['run'], 'yes'))");
  });

  it('fails when its condition cannot be evaluated', async () => {
    const { results, finished } = await run([
      script('true', { condition: 'eq(dependencies.A.result, 1)' }),
      script('true', { condition: 'succeded()' }),
    ]);
    expect(results).toEqual(['failed', 'failed']);
    expect(finished.steps[1]?.issues[0]?.message).toMatch(/"dependencies" is not known here/);
    expect(finished.steps[2]?.issues[0]?.message).toMatch(/Did you mean "succeeded"/);
  });

  it('row 14.14: a step with continueOnError succeeds with issues, and the job with it', async () => {
    const { results, finished, output } = await run([
      script('exit 1', { continueOnError: 'true' }),
      script('echo "$AGENT_JOBSTATUS"'),
    ]);
    expect(results).toEqual(['succeededWithIssues', 'succeeded']);
    expect(finished.result).toBe('succeededWithIssues');
    expect(output(1)).toEqual(['SucceededWithIssues']);
  });

  it('reads continueOnError when it starts', async () => {
    const { results } = await run(
      [
        script('exit 1', { continueOnError: '$(lenient)' }),
        script('exit 1', { continueOnError: "$[eq(variables.lenient, 'True')]" }),
        script('exit 1', { continueOnError: 'perhaps', condition: 'always()' }),
      ],
      { job: { variables: { lenient: 'True' } } },
    );
    expect(results).toEqual(['succeededWithIssues', 'succeededWithIssues', 'failed']);
  });
});

describe('a retry', () => {
  it('row 14.30: waits 1, 4, 9 … seconds, warns once each, and keeps what was done', async () => {
    const waits: number[] = [];
    const lines = ['n=$(cat n 2>/dev/null || echo 0); echo $((n + 1)) > n', 'test "$(cat n)" = 4'];
    const { results, finished } = await run([script(lines, { retryCountOnTaskFailure: '5' })], {
      options: { pause: async (ms) => void waits.push(ms) },
    });
    expect(results).toEqual(['succeeded']);
    expect(waits).toEqual([1000, 4000, 9000]);
    expect(finished.steps[1]).toMatchObject({ attempt: 4, warningCount: 3 });
  });

  it('gives up after the last one', async () => {
    const waits: number[] = [];
    const { results } = await run([script('exit 1', { retryCountOnTaskFailure: '2' })], {
      options: { pause: async (ms) => void waits.push(ms) },
    });
    expect(results).toEqual(['failed']);
    expect(waits).toEqual([1000, 4000]);
  });
});

describe('a mistake in the steps', () => {
  it('keeps the job from starting, and all of them are told', async () => {
    const { finished, results } = await run([
      script('echo never'),
      task('Bahs@3', {}),
      task('Bash@9', {}),
    ]);
    expect(finished.result).toBe('failed');
    expect(results).toEqual([]);
    const messages = finished.steps[0]?.issues.map(({ message }) => message);
    expect(messages?.[0]).toMatch(/azure-pipelines\.yml:1:1: there is no task Bahs@3\..*"Bash"/);
    expect(messages?.[1]).toMatch(/task Bash has the versions 3, not 9/);
  });
});
