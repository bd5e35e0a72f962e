// Ends before the end: cancels, time limits, and what still runs then.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { AgentTask } from '../task/task.ts';
import { script, task } from './job-run.fixture.ts';
import { signalGroup } from './kill-group.ts';
import { MemoryHost } from './memory-host.fixture.ts';
import { run, temporaryFolder } from './testing.fixture.ts';

/** Cancels the job as soon as a step prints `ready`. */
function cancelWhenReady(): MemoryHost {
  const host = new MemoryHost();
  host.onLine = ({ text }) => {
    if (text === 'ready') host.cancel();
  };
  return host;
}

/** Whether a process of the group runs. One that has ended but that no one has asked for its exit
 * code still counts as a member of the group. */
function isAlive(group: number): boolean {
  if (!existsSync('/proc/self/stat')) return signalGroup(group, 0);
  return readdirSync('/proc').some((name) => {
    const [, state, , member] = statOf(name);
    return Number(member) === group && state !== 'Z';
  });
}

/** Pid, state, parent, group. */
function statOf(pid: string): readonly string[] {
  if (!/^\d+$/.test(pid)) return [];
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/\(.*\) /, '')
      .split(' ');
  } catch {
    return [];
  }
}

describe('a cancel', () => {
  it('row 14.15: ends the running step, skips the next, and always() steps still run', async () => {
    const { results, finished, output } = await run(
      [
        script(['echo ready', 'sleep 600']),
        script('echo never'),
        script('echo "tidied up as $AGENT_JOBSTATUS"', { condition: 'always()' }),
        script('echo told', { condition: 'canceled()' }),
        script('echo never', { condition: 'failed()' }),
        script('echo never', { condition: 'succeededOrFailed()' }),
      ],
      { host: cancelWhenReady() },
    );
    expect(results).toEqual([
      'canceled',
      'skipped',
      'succeeded',
      'succeeded',
      'skipped',
      'skipped',
    ]);
    expect(output(2)).toEqual(['tidied up as Canceled']);
    expect(finished.result).toBe('canceled');
  });

  it('row 14.15: lets a running step go on whose own condition still holds', async () => {
    const { results, output } = await run(
      [script(['echo ready', 'sleep 0.3', 'echo finished'], { condition: 'always()' })],
      { host: cancelWhenReady() },
    );
    expect(results).toEqual(['succeeded']);
    expect(output(0)).toContain('finished');
  });

  it('asks with SIGINT, then SIGTERM, then kills, the whole group', async () => {
    const lines = [
      'trap "echo got INT" INT',
      'trap "echo got TERM" TERM',
      'echo "##vso[task.setvariable variable=group]$$"',
      'echo ready',
      'while true; do sleep 0.05; done',
    ];
    const { results, output, finished } = await run([script(lines)], { host: cancelWhenReady() });
    expect(results).toEqual(['canceled']);
    expect(output(0)).toEqual(expect.arrayContaining(['got INT', 'got TERM']));
    expect(finished.result).toBe('canceled');
  });

  it('leaves no process of the step behind', async () => {
    const folder = await temporaryFolder();
    const file = path.join(folder, 'group');
    await run([script([`echo $$ > ${file}`, '(trap "" INT; sleep 600) &', 'echo ready', 'wait'])], {
      host: cancelWhenReady(),
    });
    const group = Number(readFileSync(file, 'utf8'));
    await expect.poll(() => isAlive(group)).toBe(false);
  });

  it('before the job starts runs its always() steps only', async () => {
    const host = new MemoryHost();
    host.cancel();
    const { results, finished } = await run(
      [script('true'), script('true', { condition: 'always()' })],
      { host },
    );
    expect(results).toEqual(['skipped', 'succeeded']);
    expect(finished.result).toBe('canceled');
  });

  it('kills what goes on past cancelTimeoutInMinutes', async () => {
    const { results } = await run(
      [
        script(['echo ready', 'sleep 600'], { condition: 'always()' }),
        script('echo never', { condition: 'always()' }),
      ],
      { host: cancelWhenReady(), job: { cancelTimeoutMinutes: 0.005 } },
    );
    expect(results).toEqual(['canceled', 'canceled']);
  });
});

describe('a time limit', () => {
  it('of a step fails it, and it is not tried again', async () => {
    const { results, log, finished } = await run([
      script('sleep 600', { timeoutInMinutes: '0.005', retryCountOnTaskFailure: '3' }),
      script('true', { condition: 'failed()' }),
    ]);
    expect(results).toEqual(['failed', 'succeeded']);
    expect(log).toContain('##[error]The task has timed out.');
    expect(finished.steps[1]?.attempt).toBe(1);
  });

  it('of a job cancels it', async () => {
    const { results, finished } = await run(
      [script('sleep 600'), script('true', { condition: 'always()' })],
      { job: { timeoutMinutes: 0.005 } },
    );
    expect(results).toEqual(['canceled', 'succeeded']);
    expect(finished.result).toBe('canceled');
  });
});

describe('the end of a job', () => {
  it('ends what its steps have left running, and empties the temporary folder', async () => {
    const folder = await temporaryFolder();
    const file = path.join(folder, 'group');
    const { results, output } = await run([
      script([
        'echo "$AGENT_TEMPDIRECTORY"',
        `setsid sleep 600 >/dev/null 2>&1 & echo $! > ${file}`,
      ]),
      script('true'),
    ]);
    expect(results).toEqual(['succeeded', 'succeeded']);
    const group = Number(readFileSync(file, 'utf8'));
    await expect.poll(() => isAlive(group)).toBe(false);
    expect(existsSync(output(0)[0] ?? '/')).toBe(false);
  });
});

describe('a task that does not listen', () => {
  it('is left behind when its step has to end', async () => {
    const deaf: AgentTask = {
      name: 'Deaf',
      versions: [1],
      inputs: [],
      runsOn: 'agent',
      run: () => new Promise(() => {}),
    };
    const { results } = await run([task('Deaf@1', {}, { timeoutInMinutes: '0.001' })], {
      tasks: [deaf],
    });
    expect(results).toEqual(['failed']);
  });
});
