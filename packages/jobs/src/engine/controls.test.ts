// Conditions and loops as jobs run them.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Job, JobStep } from '../job/job.ts';
import { Lab, type OpenEngine } from '../test/lab.ts';
import { pipelineOf, type StepDefinition } from '../test/pipelines.ts';
import { problemsOf } from '../test/settled.ts';
import { until } from '../test/until.ts';

let lab: Lab;
let open: OpenEngine;

beforeEach(async () => {
  lab = await Lab.make();
});

afterEach(() => lab.dispose());

async function run(
  jobs: Readonly<Record<string, unknown>>,
  more: Readonly<Record<string, unknown>> = {},
): Promise<Job> {
  open = await lab.open({ limits: { killGraceMs: 500 } });
  const { id } = await open.engine.submit(
    pipelineOf(jobs as Readonly<Record<string, StepDefinition>>, more),
  );
  return open.engine.waitFor(id);
}

const step = (job: Job, name: string): JobStep | undefined =>
  job.steps.find((each) => each.name === name);
const statusesOf = (job: Job) => Object.fromEntries(job.steps.map((s) => [s.name, s.status]));
const logOf = async (job: Job, name: string) =>
  (await open.engine.readLog(job.id, name, 0)).bytes.toString();

describe('if_else', () => {
  const branches = (condition: unknown) => ({
    choose: {
      type: 'if_else',
      condition,
      true_block: '${{parent.jobs.yes}}',
      false_block: '${{parent.jobs.no}}',
    },
    yes: { command: 'echo yes' },
    no: { command: 'echo no > ${{outputs.out}}/f', outputs: { out: { type: 'uri_folder' } } },
    after_no: { command: 'ls ${{inputs.in}}', inputs: { in: '${{parent.jobs.no.outputs.out}}' } },
  });

  test.each([
    ['true', { choose: 'Completed', yes: 'Completed', no: 'Canceled', after_no: 'Canceled' }],
    ['false', { choose: 'Completed', yes: 'Canceled', no: 'Completed', after_no: 'Completed' }],
  ])(
    'with an input that is %s runs the one branch, and the job completes',
    async (flag, statuses) => {
      const job = await run(branches('${{parent.inputs.flag}}'), {
        inputs: { flag: { type: 'boolean', default: flag === 'true' } },
      });
      expect(job.error).toBeNull();
      expect(job.status).toBe('Completed');
      expect(statusesOf(job)).toEqual(statuses);
      const skipped = flag === 'true' ? 'no' : 'yes';
      expect(step(job, skipped)).toMatchObject({
        error: null,
        decision: "did not run, as the condition 'choose' chose the other branch",
      });
      expect(step(job, 'choose')?.decision).toBe(`its condition is ${flag}`);
      expect(await problemsOf(lab, open, job)).toEqual([]);
    },
  );

  test('asks a boolean output of a step, once it is written', async () => {
    const job = await run({
      check: {
        command: 'echo True > ${{outputs.ok}}',
        outputs: { ok: { type: 'boolean', is_control: true } },
      },
      ...branches('${{parent.jobs.check.outputs.ok}}'),
    });
    expect(statusesOf(job)).toMatchObject({ check: 'Completed', yes: 'Completed', no: 'Canceled' });
  });

  test('fails with the step that was to say it', async () => {
    const job = await run({
      check: { command: 'exit 1', outputs: { ok: { type: 'boolean', is_control: true } } },
      ...branches('${{parent.jobs.check.outputs.ok}}'),
    });
    expect(job.status).toBe('Failed');
    expect(statusesOf(job)).toMatchObject({ choose: 'Canceled', yes: 'Canceled', no: 'Canceled' });
    expect(await problemsOf(lab, open, job)).toEqual([]);
  });
});

const count = {
  command: [
    'echo turn ${{inputs.number}}',
    'expr ${{inputs.number}} + 1 > ${{outputs.next}}',
    'if test ${{inputs.number}} -lt 3; then echo true; else echo false; fi > ${{outputs.more}}',
  ].join('\n'),
  inputs: { number: { type: 'integer', default: 1 } },
  outputs: { next: { type: 'integer' }, more: { type: 'boolean', is_control: true } },
};

function countingLoop(command: string, limit = 10) {
  return {
    count: {
      type: 'command',
      component: {
        type: 'command',
        command,
        environment: 'azureml:ridgeline-node@latest',
        inputs: count.inputs,
        outputs: count.outputs,
      },
    },
    loop: {
      type: 'do_while',
      body: '${{parent.jobs.count}}',
      condition: '${{parent.jobs.count.outputs.more}}',
      mapping: { next: 'number' },
      limits: { max_iteration_count: limit },
    },
    after: {
      command: 'echo got ${{inputs.last}}',
      inputs: { last: '${{parent.jobs.count.outputs.next}}' },
    },
  };
}

describe('do_while', () => {
  test('goes on while its condition is true; each turn takes what the one before has written', async () => {
    const job = await run(countingLoop(count.command));
    expect(job.error).toBeNull();
    expect(statusesOf(job)).toEqual({
      loop: 'Completed',
      after: 'Completed',
      'loop.0.count': 'Completed',
      'loop.1.count': 'Completed',
      'loop.2.count': 'Completed',
    });
    expect(step(job, 'loop')?.decision).toBe('ended after 3 turns, as its condition is then false');
    expect(step(job, 'loop.1.count')?.parent).toBe('loop');
    expect(await logOf(job, 'loop.2.count')).toBe('turn 3\n');
    expect(await logOf(job, 'after')).toBe('got 4\n');
    expect(await problemsOf(lab, open, job)).toEqual([]);
  });

  test('ends after as many turns as are allowed', async () => {
    const job = await run(countingLoop(count.command, 2));
    expect(job.status).toBe('Completed');
    expect(step(job, 'loop')?.decision).toBe('ended after 2 turns, as that is the most allowed');
    expect(await logOf(job, 'after')).toBe('got 3\n');
  });

  test('fails with a step of its body, and says in which turn', async () => {
    const job = await run(
      countingLoop(`test \${{inputs.number}} != 2\n${count.command}`.replace('\n', ' || exit 7\n')),
    );
    expect(job.error).toMatchObject({
      code: 'STEP_FAILED',
      message: expect.stringMatching(/^turn 1 of 'loop': step 'loop\.1\.count' exited with code 7/),
    });
    expect(statusesOf(job)).toMatchObject({ loop: 'Failed', after: 'Canceled' });
    expect(await problemsOf(lab, open, job)).toEqual([]);
  });

  test('that is killed with its server goes on with the turn that it was in', async () => {
    const journal = lab.control.write('turn').replace("'turn'", "'turn' ${{inputs.number}}");
    const command = `${journal}\n${count.command}`;
    const gated = `${command}\nif test \${{inputs.number}} = 2; then ${lab.control.waitAt('go')}; fi`;
    const submission = pipelineOf(
      countingLoop(gated) as unknown as Readonly<Record<string, StepDefinition>>,
    );
    const { child, jobId } = await lab.submitElsewhere(submission);
    await lab.control.untilJournal('turn 2');
    await lab.kill(child);
    await lab.control.openGates(['go']);
    open = await lab.open();
    const job = await open.engine.waitFor(jobId);
    expect(job.status).toBe('Completed');
    expect(await logOf(job, 'after')).toBe('got 4\n');
    const turns = await lab.control.journal();
    expect(turns.filter((line) => line === 'turn 1')).toHaveLength(1);
    expect(await problemsOf(lab, open, job)).toEqual([]);
  });

  test('comes to the same end wherever its server is killed', { timeout: 120_000 }, async () => {
    const submission = pipelineOf(
      countingLoop(count.command, 2) as unknown as Readonly<Record<string, StepDefinition>>,
    );
    // Each server gets a little further than the one before.
    let servers = 0;
    for (let point = 40; await lab.runElsewhere(servers === 0 ? submission : null, point); ) {
      servers += 1;
      point = 4 * servers;
    }
    expect(servers).toBeGreaterThan(5);
    open = await lab.open();
    const [job] = await open.engine.list({ limit: 10 });
    if (job === undefined) throw new Error('no job was accepted');
    expect(job.status).toBe('Completed');
    expect(job.steps.map(({ name }) => name)).toEqual([
      'loop',
      'after',
      'loop.0.count',
      'loop.1.count',
    ]);
    expect(await logOf(job, 'after')).toBe('got 3\n');
    expect(await problemsOf(lab, open, job)).toEqual([]);
  });

  test('is cancelled with its job', async () => {
    open = await lab.open({ limits: { killGraceMs: 500 } });
    const command = `${lab.control.write('begin')}\n${lab.control.waitAt('never')}`;
    const { id } = await open.engine.submit(
      pipelineOf(countingLoop(command) as unknown as Readonly<Record<string, StepDefinition>>),
    );
    await lab.control.untilJournal('begin');
    await open.engine.cancel(id);
    const job = await open.engine.waitFor(id);
    expect(statusesOf(job)).toEqual({
      loop: 'Canceled',
      after: 'Canceled',
      'loop.0.count': 'Canceled',
    });
    expect(await problemsOf(lab, open, job)).toEqual([]);
  });
});

describe('parallel_for', () => {
  const each = (
    items: unknown,
    command = 'echo ${{inputs.name}} > ${{outputs.out}}/f; echo ${{inputs.name}} > ${{outputs.word}}',
  ) => ({
    work: {
      type: 'command',
      component: {
        type: 'command',
        command,
        environment: 'azureml:ridgeline-node@latest',
        inputs: { name: { type: 'string' } },
        outputs: { out: { type: 'uri_folder' }, word: { type: 'string' } },
      },
    },
    each: { type: 'parallel_for', body: '${{parent.jobs.work}}', items },
    after: {
      command: 'cd ${{inputs.all}} && for turn in *; do cat $turn/f; done; echo ${{inputs.words}}',
      inputs: {
        all: '${{parent.jobs.each.outputs.out}}',
        words: '${{parent.jobs.each.outputs.word}}',
      },
    },
  });
  const items = [{ name: 'ada' }, { name: 'bob' }, { name: 'eve' }];

  test('runs its body once an item, and its outputs are those of all turns, in order', async () => {
    const job = await run(each(items));
    expect(job.error).toBeNull();
    expect(statusesOf(job)).toEqual({
      each: 'Completed',
      after: 'Completed',
      'each.0.work': 'Completed',
      'each.1.work': 'Completed',
      'each.2.work': 'Completed',
    });
    expect(await logOf(job, 'after')).toBe('ada\nbob\neve\n["ada","bob","eve"]\n');
    expect(await problemsOf(lab, open, job)).toEqual([]);
  });

  test('may have a pipeline as its body, with a condition in it', async () => {
    const outputs = { out: { type: 'uri_folder' } };
    const jobs = {
      body: {
        type: 'pipeline',
        component: {
          type: 'pipeline',
          inputs: { flag: { type: 'boolean' } },
          outputs,
          jobs: {
            first: { command: 'echo 1 > ${{outputs.out}}/f', outputs },
            choose: {
              type: 'if_else',
              condition: '${{parent.inputs.flag}}',
              true_block: '${{parent.jobs.second}}',
            },
            second: {
              command: 'cp ${{inputs.in}}/f ${{outputs.out}}/g',
              inputs: { in: '${{parent.jobs.first.outputs.out}}' },
              outputs: { out: '${{parent.outputs.out}}' },
            },
          },
        },
      },
      each: {
        type: 'parallel_for',
        body: '${{parent.jobs.body}}',
        items: [{ flag: true }, { flag: false }],
      },
      after: {
        command: 'cd ${{inputs.all}} && ls -R',
        inputs: { all: '${{parent.jobs.each.outputs.out}}' },
      },
    };
    const job = await run(jobs);
    expect(job.error).toBeNull();
    expect(job.status).toBe('Completed');
    const ran = job.steps.filter(({ status }) => status === 'Completed').map(({ name }) => name);
    expect(ran).toHaveLength(7);
    expect(await logOf(job, 'after')).toBe('.:\n0\n\n./0:\ng\n');
    expect(await problemsOf(lab, open, job)).toEqual([]);
  });

  test('takes its items from an input', async () => {
    const job = await run(each('${{parent.inputs.items}}'), {
      inputs: { items: { type: 'string', default: JSON.stringify(items.slice(1)) } },
    });
    expect(await logOf(job, 'after')).toBe('bob\neve\n["bob","eve"]\n');
  });

  test('that gets no items fails, and says what they are to be', async () => {
    const job = await run(each('${{parent.inputs.items}}'), {
      inputs: { items: { type: 'string', default: 'ada, bob' } },
    });
    expect(job.error).toMatchObject({
      code: 'STEP_INPUT_INVALID',
      message: expect.stringContaining("'ada, bob'"),
    });
    expect(await problemsOf(lab, open, job)).toEqual([]);
  });

  test('a turn that fails stops the others', async () => {
    const command = `case \${{inputs.name}} in bob) ${lab.control.waitAt('go')}; exit 1;; ada) ${lab.control.open('go')}; ${lab.control.waitAt('never')};; esac`;
    const job = await run(each(items.slice(0, 2), command));
    expect(statusesOf(job)).toMatchObject({
      each: 'Failed',
      'each.0.work': 'Canceled',
      'each.1.work': 'Failed',
    });
    expect(await problemsOf(lab, open, job)).toEqual([]);
  });

  test('with continue_on_step_failure the others go on, and it still fails', async () => {
    const command = `echo > \${{outputs.word}}; test \${{inputs.name}} != bob`;
    const job = await run(each(items, command), { settings: { continue_on_step_failure: true } });
    expect(job.status).toBe('Failed');
    expect(statusesOf(job)).toEqual({
      each: 'Failed',
      after: 'Canceled',
      'each.0.work': 'Completed',
      'each.1.work': 'Failed',
      'each.2.work': 'Completed',
    });
  });

  test('runs no more turns at once than are allowed', async () => {
    const command = `${lab.control.write('begin')}; echo > \${{outputs.word}}; ${lab.control.write('end')}`;
    const { each: loop, ...others } = each(items, command);
    const job = await run({ ...others, each: { ...loop, max_concurrency: 1 } });
    expect(job.status).toBe('Completed');
    expect(await lab.control.journal()).toEqual(['begin', 'end', 'begin', 'end', 'begin', 'end']);
  });

  test('over a restart of the server runs no turn twice that has ended', async () => {
    const command = `${lab.control.write('turn')}; test \${{inputs.name}} = ada || ${lab.control.waitAt('go')}; echo > \${{outputs.word}}`;
    open = await lab.open();
    const { id } = await open.engine.submit(
      pipelineOf(each(items, command) as unknown as Readonly<Record<string, StepDefinition>>),
    );
    await until('three turns began', async () => (await lab.control.journal()).length === 3);
    await until(
      'the first turn ended',
      async () => step(await open.engine.get(id), 'each.0.work')?.status === 'Completed',
    );
    await lab.close();
    await lab.control.openGates(['go']);
    open = await lab.open();
    const job = await open.engine.waitFor(id);
    expect(job.status).toBe('Completed');
    expect(step(job, 'each.0.work')?.attempt).toBe(1);
    expect(await problemsOf(lab, open, job)).toEqual([]);
  });
});
