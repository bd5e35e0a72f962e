// What tasks meet in a job: their parts in order, processes, connections, and jobs without agents.

import { describe, expect, it } from 'vitest';
import type { AgentTask, ServerTask, TaskContext } from '../task/task.ts';
import { succeeded, type TaskOutcome } from '../task/task-outcome.ts';
import { script, task } from './job-run.fixture.ts';
import { MemoryHost } from './memory-host.fixture.ts';
import { run } from './testing.fixture.ts';

function agentTask(
  name: string,
  work: (context: TaskContext) => Promise<TaskOutcome>,
  parts: Pick<AgentTask, 'pre' | 'post'> = {},
): AgentTask {
  return { name, versions: [1], inputs: [], runsOn: 'agent', run: work, ...parts };
}

describe('the parts of a task', () => {
  const noting = (name: string, fails = false) => {
    const note = async (context: TaskContext, part: string) => {
      context.log(`${part} ${name}`);
      return succeeded;
    };
    return agentTask(
      name,
      async (context) => {
        context.state.set('kept', name);
        await note(context, 'main');
        return fails ? { result: 'failed', message: `${name} is broken` } : succeeded;
      },
      {
        pre: (context) => note(context, 'pre'),
        post: async (context) => {
          context.log(`post ${context.state.get('kept') ?? 'nothing'} ${context.jobResult}`);
          return succeeded;
        },
      },
    );
  };

  it('run in order before, and backwards after, whatever has failed', async () => {
    const { host, finished } = await run([task('A@1', {}), task('B@1', {}), task('A@1', {})], {
      tasks: [noting('A'), noting('B', true)],
    });
    const lines = host.lines.filter(({ kind }) => kind === 'text').map(({ text }) => text);
    expect(lines).toEqual(
      expect.arrayContaining([
        'pre A',
        'pre B',
        'main A',
        'main B',
        'post B failed',
        'post A failed',
      ]),
    );
    const phases = finished.steps.map(({ phase, displayName, result }) => [
      phase,
      displayName,
      result,
    ]);
    expect(phases).toEqual([
      ['job', 'Initialize job', 'succeeded'],
      ['pre', 'Pre-job: A', 'succeeded'],
      ['pre', 'Pre-job: B', 'succeeded'],
      ['pre', 'Pre-job: A', 'succeeded'],
      ['main', 'A', 'succeeded'],
      ['main', 'B', 'failed'],
      ['main', 'A', 'skipped'],
      ['post', 'Post-job: A', 'succeeded'],
      ['post', 'Post-job: B', 'succeeded'],
      ['post', 'Post-job: A', 'succeeded'],
      ['job', 'Finalize job', 'succeeded'],
    ]);
  });

  it('after the job are left out where nothing of the task has run', async () => {
    const late = agentTask('Late', async () => succeeded, { post: async () => succeeded });
    const { finished } = await run([script('exit 1'), task('Late@1', {})], { tasks: [late] });
    const post = finished.steps.find(({ phase }) => phase === 'post');
    expect(post).toMatchObject({ state: 'completed', result: 'skipped' });
  });
});

describe('a process of a task', () => {
  const runs = (work: (context: TaskContext) => Promise<unknown>) => {
    return agentTask('Run', async (context) => {
      context.log(JSON.stringify(await work(context)));
      return succeeded;
    });
  };

  async function resultOf(work: (context: TaskContext) => Promise<unknown>) {
    const ran = await run([task('Run@1', {})], { tasks: [runs(work)] });
    return { ...ran, result: ran.host.lines.findLast(({ kind }) => kind === 'text')?.text ?? '' };
  }

  it('gives its exit code, and its output where that is asked for', async () => {
    const { result, log } = await resultOf((context) =>
      context.run('bash', ['-c', 'read x; echo "$x"; echo "$Y" >&2; exit 4'], {
        stdin: 'given\n',
        env: { Y: 'why' },
        capture: true,
      }),
    );
    expect(JSON.parse(result)).toEqual({
      exitCode: 4,
      wroteToStderr: true,
      stdout: 'given\n',
      stderr: 'why\n',
    });
    expect(log).toEqual(expect.arrayContaining(['given', 'why']));
  });

  it('that is silent is not in the log, and its commands are not obeyed', async () => {
    const { finished, log } = await resultOf((context) =>
      context.run('bash', ['-c', 'echo quiet; echo "##vso[task.complete result=Failed]"'], {
        silent: true,
      }),
    );
    expect(log).not.toContain('quiet');
    expect(finished.result).toBe('succeeded');
  });

  it('that a signal ended has the exit code of shells', async () => {
    const { result } = await resultOf((context) => context.run('bash', ['-c', 'kill -TERM $$']));
    expect(JSON.parse(result)).toMatchObject({ exitCode: 143 });
  });

  it('that is not installed, or has no folder to run in, fails its step clearly', async () => {
    const missing = await resultOf((context) => context.run('no-such-program', []));
    expect(missing.log).toContain(
      "##[error]'no-such-program' is not installed here, or not on the PATH of this step",
    );
    const homeless = await resultOf((context) => context.run('bash', [], { cwd: '/no/such' }));
    expect(homeless.log).toContain("##[error]The working directory '/no/such' does not exist");
  });

  it('that is given too much fails its step clearly', async () => {
    const names = Array.from({ length: 40 }, (_, index) => [`v${index}`, 'x'.repeat(100_000)]);
    const { log } = await run([script('true')], { job: { variables: Object.fromEntries(names) } });
    expect(log.join('\n')).toMatch(/##\[error\].*is given more than a process can take/);
  });

  it('that keeps its output open is not waited for', async () => {
    const { results } = await run([script('sleep 30 & echo started')]);
    expect(results).toEqual(['succeeded']);
  }, 15_000);
});

describe('a long output', () => {
  it('comes through whole, in order, cut at no character', async () => {
    const { output } = await run([script("seq -f 'line %.0f über' 50000")]);
    expect(output(0)).toHaveLength(50_000);
    expect(output(0)[49_999]).toBe('line 50000 über');
    expect(output(0).every((line, index) => line === `line ${index + 1} über`)).toBe(true);
  });

  it('waits for a log that lags', async () => {
    const host = new MemoryHost();
    let waits = 0;
    const ran = await run([script('seq 20000')], {
      host: Object.assign(host, {
        logDrained: async () => {
          waits += 1;
          await new Promise((resolve) => setImmediate(resolve));
        },
      }),
    });
    expect(waits).toBeGreaterThan(0);
    expect(ran.output(0)).toHaveLength(20_000);
  });

  it('is not lost when the log catches up long after the process has ended', async () => {
    const host = new MemoryHost();
    let isFirst = true;
    const logDrained = async () => {
      const waitMs = isFirst ? 800 : 0;
      isFirst = false;
      await new Promise((resolve) => setTimeout(resolve, waitMs));
    };
    const ran = await run([script('seq 20000')], { host: Object.assign(host, { logDrained }) });
    expect(ran.output(0)).toHaveLength(20_000);
  });

  it('has progress bars cut into lines, and secrets in them masked', async () => {
    const { output } = await run([script("printf '10%%\\r20%% hidden-word\\r\\nend'")], {
      job: { variables: { s: { value: 'hidden-word', secret: true } } },
    });
    expect(output(0)).toEqual(['10%', '20% ***', 'end']);
  });

  it('has a secret masked that is written a byte at a time', async () => {
    const slowly = 'for c in h i d d e n - w o r d; do printf %s "$c"; sleep 0.01; done; echo';
    const { output } = await run([script(slowly)], {
      job: { variables: { s: { value: 'hidden-word', secret: true } } },
    });
    expect(output(0)).toEqual(['***']);
  });
});

describe('a service connection', () => {
  it('has its secrets masked as soon as a task has it, and takes changes', async () => {
    const host = new MemoryHost();
    host.connections.set('azure', {
      id: '1',
      name: 'azure',
      type: 'generic',
      scheme: 'UsernamePassword',
      url: 'https://host',
      parameters: { username: 'me', password: 'hunter2-hunter2' },
      data: {},
    });
    const shows = agentTask('Show', async (context) => {
      const connection = await context.host.serviceConnection('azure');
      context.log(JSON.stringify(connection?.parameters));
      return succeeded;
    });
    const { log } = await run(
      [
        task('Show@1', {}),
        script(
          'echo "##vso[task.setendpoint id=azure;field=authParameter;key=Username]other-name"',
        ),
        task('Show@1', {}),
      ],
      { host, tasks: [shows] },
    );
    expect(log).toContain('{"username":"me","password":"***"}');
    expect(log).toContain('{"password":"***","Username":"***"}');
  });
});

describe('a job of a server', () => {
  const says: ServerTask = {
    name: 'Say',
    versions: [1],
    inputs: [],
    runsOn: 'server',
    run: async (context) => {
      context.log(`says ${context.input('text')} of ${context.variables.get('who')}`);
      return succeeded;
    },
  };
  const serverTasks = {
    sleep: async () => {},
    request: async () => ({ status: 200, body: '' }),
    serviceConnection: async () => undefined,
    waitForPerson: async () => ({ decision: 'resume', by: 'me' }) as const,
  };

  it('runs its tasks with no agent', async () => {
    const host = Object.assign(new MemoryHost(), { serverTasks });
    const { log, finished } = await run([task('Say@1', { text: '$(what)' })], {
      host,
      tasks: [says],
      job: { holdsAgent: false, pool: { kind: 'server' }, variables: { what: 'hi', who: 'all' } },
    });
    expect(log).toContain('says hi of all');
    expect(finished.result).toBe('succeeded');
  });

  it('takes no script, and row 15.45: an agent takes no task of a server', async () => {
    const server = await run([script('true')], { job: { holdsAgent: false } });
    expect(server.finished.steps[0]?.issues[0]?.message).toMatch(/Bash needs an agent/);
    const agent = await run([task('Say@1', {})], { tasks: [says] });
    expect(agent.finished.result).toBe('failed');
    expect(agent.finished.steps[0]?.issues[0]?.message).toMatch(
      /Say runs without an agent only; give its job 'pool: server'/,
    );
  });
});
