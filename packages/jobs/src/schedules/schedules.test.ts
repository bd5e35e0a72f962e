import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { pipelineOf } from '../test/pipelines.ts';
import { until } from '../test/until.ts';
import { maxSchedules } from './schedules.ts';
import {
  type OpenSchedules,
  ScheduleLab,
  specOf,
  statusOf,
  untilFired,
  untilLooked,
} from './test/schedule-lab.ts';

let lab: ScheduleLab;
let open: OpenSchedules;

beforeEach(async () => {
  lab = await ScheduleLab.make();
  open = await lab.open();
});

afterEach(async () => {
  expect(open.errors).toEqual([]);
  await lab.dispose();
});

const daily = { type: 'cron', expression: '0 8 * * *', timeZone: 'Europe/Berlin' } as const;

describe('a schedule', () => {
  test('shows what it is, with what was left out and its next times', async () => {
    const made = await open.schedules.put('daily', specOf(daily), { by: 'ann' });
    expect(made).toMatchObject({
      name: 'daily',
      displayName: 'daily',
      enabled: true,
      trigger: { ...daily, startTime: null, endTime: null },
      starts: { kind: 'job', name: 'job.yml', version: null },
      catchUp: 'latest',
      overlap: 'allow',
      nextTime: '2026-03-02T07:00:00.000Z',
      error: null,
      createdBy: 'ann',
      createdAt: '2026-03-02T00:00:00.000Z',
      job: { fileName: 'job.yml' },
    });
    expect(made.nextTimes).toHaveLength(10);
    expect(made.nextTimes[1]).toBe('2026-03-03T07:00:00.000Z');
    expect(await open.schedules.get('daily')).toEqual(made);
    const { nextTimes, job, ...short } = made;
    expect(await open.schedules.list(10)).toEqual([short]);
  });

  test('starts a job when its time has come, in the name of who made it', async () => {
    await open.schedules.put('daily', specOf(daily), { by: 'ann' });
    lab.clock.set('2026-03-02T06:59:59.999Z');
    await untilLooked(open);
    expect(await open.schedules.firings('daily', 10)).toEqual([]);
    lab.clock.set('2026-03-02T07:00:00Z');
    const [firing] = await untilFired(open, 'daily', 1);
    expect(firing).toMatchObject({
      schedule: 'daily',
      status: 'Submitted',
      dueAt: '2026-03-02T07:00:00.000Z',
      notedAt: '2026-03-02T07:00:00.000Z',
      reason: 'its time had come',
      error: null,
    });
    const job = await open.engine.waitFor(firing?.jobId ?? '');
    expect(job).toMatchObject({
      status: 'Completed',
      experimentName: 'scheduled',
      submittedBy: 'ann',
      source: 'schedule:daily',
      properties: { 'ridgeline.schedule': 'daily' },
    });
    lab.clock.set('2026-03-03T07:00:10Z');
    expect(await untilFired(open, 'daily', 2)).toHaveLength(2);
    expect(await open.engine.list({ limit: 10 })).toHaveLength(2);
  });

  test('gives its own inputs and experiment, and says in them what made it fire', async () => {
    const inputs = { said: '${{name}} at ${{creation_context.trigger_time}} ${{ unknown }}' };
    await open.schedules.put('daily', specOf(daily, { inputs, experimentName: 'own' }));
    lab.clock.set('2026-03-02T07:00:00Z');
    const [firing] = await untilFired(open, 'daily', 1);
    const job = await open.engine.waitFor(firing?.jobId ?? '');
    expect(job.experimentName).toBe('own');
    expect(job.inputs).toEqual({ said: 'daily at 2026-03-02T07:00:00.000Z ${{ unknown }}' });
  });

  test('records what its job was refused for, and goes on', async () => {
    const spec = specOf(daily, { start: { pipeline: 'train' } });
    await expect(open.schedules.put('daily', spec)).rejects.toMatchObject({
      code: 'PIPELINE_NOT_FOUND',
    });
    const submission = pipelineOf({ a: { command: 'true' } });
    const { id } = await open.pipelines.publish({ name: 'train', submission });
    await open.schedules.put('daily', spec);
    await open.pipelines.setStatus(id, 'Disabled');
    lab.clock.set('2026-03-02T07:00:00Z');
    const [failed] = await untilFired(open, 'daily', 1);
    expect(failed).toMatchObject({
      status: 'Failed',
      jobId: null,
      error: { code: 'PIPELINE_DISABLED', message: expect.stringContaining("'train'") },
    });
    await open.pipelines.setStatus(id, 'Active');
    lab.clock.set('2026-03-03T07:00:00Z');
    const [, second] = await untilFired(open, 'daily', 2);
    expect(second).toMatchObject({ status: 'Submitted' });
    expect((await open.pipelines.runs(id, 10)).map(({ id }) => id)).toEqual([second?.jobId]);
  });

  test('starts what stands behind a pipeline endpoint at that moment', async () => {
    const submission = pipelineOf(
      { a: { command: 'echo ${{inputs.n}}', inputs: { n: '${{parent.inputs.n}}' } } },
      { inputs: { n: 1 } },
    );
    await open.pipelines.publish({ name: 'train', submission, endpoint: 'trainer' });
    const spec = specOf(daily, { start: { pipelineEndpoint: 'trainer' }, inputs: { n: 5 } });
    await open.schedules.put('daily', spec);
    const second = await open.pipelines.publish({ name: 'train', submission, endpoint: 'trainer' });
    lab.clock.set('2026-03-02T07:00:00Z');
    const [firing] = await untilFired(open, 'daily', 1);
    const job = await open.engine.waitFor(firing?.jobId ?? '');
    expect(job).toMatchObject({
      status: 'Completed',
      inputs: { n: '5' },
      source: `pipeline:${second.id}`,
      properties: { 'ridgeline.schedule': 'daily' },
    });
  });

  test('leaves a time out while the job of the time before runs, if it is to', async () => {
    const job = pipelineOf({ hold: { command: lab.lab.control.waitAt('end') } });
    const spec = { trigger: daily, start: { job } };
    await open.schedules.put('skips', { ...spec, overlap: 'skip' });
    await open.schedules.put('overlaps', spec);
    for (const day of [2, 3]) {
      lab.clock.set(`2026-03-0${day}T07:00:00Z`);
      await untilFired(open, 'overlaps', day - 1);
      await untilFired(open, 'skips', day - 1);
    }
    const [first, second] = await untilFired(open, 'skips', 2);
    expect(second).toMatchObject({ status: 'Skipped', jobId: null });
    expect(second?.reason).toContain(`job ${first?.jobId}`);
    expect((await untilFired(open, 'overlaps', 2))[1]).toMatchObject({ status: 'Submitted' });
    await lab.lab.control.openGates(['end']);
    await open.engine.waitFor(first?.jobId ?? '');
    lab.clock.set('2026-03-04T07:00:00Z');
    expect((await untilFired(open, 'skips', 3))[2]).toMatchObject({ status: 'Submitted' });
    for (const { id } of await open.engine.list({ limit: 10 })) await open.engine.waitFor(id);
  });

  test('that is disabled does not fire, also not later for what it left out', async () => {
    await open.schedules.put('daily', specOf(daily));
    expect(await open.schedules.disable('daily')).toMatchObject({ enabled: false, nextTimes: [] });
    lab.clock.set('2026-03-02T12:00:00Z');
    await untilLooked(open);
    expect(await open.schedules.enable('daily')).toMatchObject({
      enabled: true,
      nextTime: '2026-03-03T07:00:00.000Z',
    });
    await untilLooked(open);
    expect(await open.schedules.firings('daily', 10)).toEqual([]);
    lab.clock.set('2026-03-03T07:00:00Z');
    expect(await untilFired(open, 'daily', 1)).toHaveLength(1);
  });

  test('fires by hand, also where it is disabled', async () => {
    await open.schedules.put('daily', specOf(daily, { enabled: false }));
    const firing = await open.schedules.trigger('daily', 'bob');
    expect(firing).toMatchObject({ status: 'Submitted', reason: 'triggered by bob' });
    expect(await statusOf(open, firing)).toBe('Completed');
    expect(await open.schedules.trigger('daily')).toMatchObject({ reason: 'triggered by hand' });
  });

  test('that is replaced with the same trigger loses no time on the way', async () => {
    await open.schedules.put('daily', specOf(daily));
    lab.clock.set('2026-03-02T06:59:59Z');
    await open.schedules.put('daily', specOf(daily, { description: 'new' }), { by: 'bob' });
    lab.clock.set('2026-03-02T07:00:00Z');
    expect(await untilFired(open, 'daily', 1)).toHaveLength(1);
    expect(await open.schedules.get('daily')).toMatchObject({
      description: 'new',
      createdBy: 'bob',
    });
  });

  test('that is deleted is gone with its firings; its jobs stay', async () => {
    await open.schedules.put('daily', specOf(daily));
    const { jobId } = await open.schedules.trigger('daily');
    await open.schedules.delete('daily');
    for (const ask of ['get', 'enable', 'disable', 'trigger', 'delete'] as const) {
      await expect(open.schedules[ask]('daily')).rejects.toMatchObject({
        code: 'SCHEDULE_NOT_FOUND',
        status: 404,
      });
    }
    await expect(open.schedules.firings('daily', 1)).rejects.toThrow("'daily'");
    expect(await open.engine.waitFor(jobId ?? '')).toMatchObject({ status: 'Completed' });
    lab.clock.set('2026-03-02T07:00:00Z');
    await open.schedules.put('daily', specOf(daily));
    expect(await open.schedules.firings('daily', 1)).toEqual([]);
  });
});

describe('after a server was away', () => {
  const hourly = { type: 'cron', expression: '0 * * * *' } as const;

  async function away(until: string): Promise<void> {
    await lab.close();
    lab.clock.set(until);
    open = await lab.open();
    await untilLooked(open);
  }

  test('the latest missed time is made good once, and the others are counted', async () => {
    await open.schedules.put('hourly', specOf(hourly));
    await away('2026-03-02T05:30:00Z');
    const firings = await untilFired(open, 'hourly', 1);
    expect(firings.map(({ dueAt, reason }) => ({ dueAt, reason }))).toEqual([
      {
        dueAt: '2026-03-02T05:00:00.000Z',
        reason: 'made good for 5 times missed while no server ran',
      },
    ]);
    await away('2026-03-02T05:40:00Z');
    expect(await untilFired(open, 'hourly', 1)).toHaveLength(1);
  });

  test('all of them, if they are to be; at most 100', async () => {
    const job = pipelineOf({ a: { command: 'true' } });
    const fires = { start: { job }, trigger: hourly, overlap: 'skip' } as const;
    await open.schedules.put('all', { ...fires, catchUp: 'all' });
    await away('2026-03-09T00:00:01Z');
    const firings = await untilFired(open, 'all', 100);
    expect(firings).toHaveLength(100);
    expect(firings.map(({ dueAt }) => dueAt)).toEqual(firings.map(({ dueAt }) => dueAt).toSorted());
    expect(firings.at(-1)).toMatchObject({
      dueAt: '2026-03-09T00:00:00.000Z',
      reason: expect.stringMatching(/^its time had come/),
    });
  });

  test('none of them, if so, and that is written down', async () => {
    await open.schedules.put('none', specOf(hourly, { catchUp: 'none' }));
    await away('2026-03-02T03:00:30Z');
    const firings = await untilFired(open, 'none', 2);
    expect(firings.map(({ status, dueAt, reason }) => ({ status, dueAt, reason }))).toEqual([
      {
        status: 'Skipped',
        dueAt: '2026-03-02T02:00:00.000Z',
        reason: '2 times missed while no server ran',
      },
      { status: 'Submitted', dueAt: '2026-03-02T03:00:00.000Z', reason: 'its time had come' },
    ]);
  });
});

describe('what is refused', () => {
  test.each([
    ['', {}, 'schedule name'],
    ['a b', {}, 'schedule name'],
    ['../a', {}, 'schedule name'],
    ['a'.repeat(256), {}, 'schedule name'],
    ['a', { start: {} }, "one of 'job'"],
    ['a', { start: { pipeline: 'x', pipelineEndpoint: 'y' } }, "one of 'job'"],
    ['a', { start: { pipeline: 'x', version: '1' } }, "'pipelineEndpoint' only"],
    ['a', { description: '\0' }, 'description'],
    ['a', { displayName: 'x'.repeat(5_001) }, 'displayName'],
    ['a', { inputs: { said: '\ud800' } }, "input 'said'"],
    ['a', { trigger: { type: 'job' } }, 'names no jobs'],
    [
      'a',
      { trigger: { type: 'job', displayName: 'x', status: ['Running'] } },
      'no end that it could',
    ],
    ['a', { trigger: { type: 'job', displayName: 'x', status: [] } }, 'empty'],
    ['a', { trigger: { type: 'data', path: '' } }, 'path'],
    ['a', { trigger: { type: 'data', path: 'x', pollSeconds: 0 } }, 'pollSeconds is 0'],
    ['a', { trigger: { type: 'model', model: '' } }, 'model'],
    ['a', { trigger: { type: 'build', name: '\0' } }, 'name'],
    ['a', { trigger: { type: 'build', name: 'x', status: ['Completed'] } }, 'no end that it could'],
    ['a', { trigger: { type: 'cron' } }, "needs 'expression'"],
    ['a', { trigger: { ...daily, path: 'x' } }, "'cron' has no 'path'"],
  ] as const)('%j with %j', async (name, more, problem) => {
    await expect(open.schedules.put(name, { ...specOf(daily), ...more })).rejects.toMatchObject({
      code: 'SCHEDULE_INVALID',
      status: 400,
      message: expect.stringContaining(problem),
    });
    expect(await open.schedules.list(10)).toEqual([]);
  });

  test('a job that could not run, a datastore that is not there, an input of the wrong type', async () => {
    const broken = { job: pipelineOf({ a: { command: 'true', compute: 'azureml:nowhere' } }) };
    const refused = [
      [specOf(daily, { start: broken }), 'COMPUTE_NOT_FOUND'],
      [specOf(daily, { inputs: { other: 1 } }), 'JOB_INPUT_INVALID'],
      [specOf({ type: 'data', path: 'azureml://datastores/x/paths/y' }), 'DATASTORE_NOT_FOUND'],
      [specOf({ type: 'data', path: 'https://example.test/x' }), 'DATASTORE_URI_INVALID'],
    ] as const;
    for (const [spec, code] of refused) {
      await expect(open.schedules.put('a', spec)).rejects.toMatchObject({ code });
    }
    expect(await open.schedules.list(10)).toEqual([]);
  });

  test('a published pipeline whose values would not do, or a version that is not there', async () => {
    const inputs = { n: { type: 'integer', min: 1, max: 9 } };
    const submission = pipelineOf({ a: { command: 'true' } }, { inputs });
    await open.pipelines.publish({ name: 'train', submission, endpoint: 'trainer' });
    const start = { pipeline: 'train' };
    const refused = [
      [specOf(daily, { start }), 'JOB_INPUT_INVALID'],
      [specOf(daily, { start, inputs: { n: 10 } }), 'JOB_INPUT_INVALID'],
      [specOf(daily, { start: { pipelineEndpoint: 'none' } }), 'PIPELINE_ENDPOINT_NOT_FOUND'],
      [specOf(daily, { start: { pipelineEndpoint: 'trainer', version: '9' } }), 'PIPELINE_INVALID'],
    ] as const;
    for (const [spec, code] of refused) {
      await expect(open.schedules.put('a', spec)).rejects.toMatchObject({ code });
    }
    const onModel = { type: 'model', model: 'm' } as const;
    await open.schedules.put(
      'a',
      specOf(onModel, { start, inputs: { n: '${{trigger.version}}' } }),
    );
  });

  test('a second one of a name, where it may not replace the first', async () => {
    await open.schedules.put('a', specOf(daily), { replace: false });
    const again = open.schedules.put('a', specOf(daily), { replace: false });
    await expect(again).rejects.toMatchObject({ code: 'SCHEDULE_ALREADY_EXISTS', status: 409 });
  });

  test('one more than there may be', async () => {
    const { database } = open.workspace;
    await open.schedules.put('a', specOf(daily, { enabled: false }));
    await database.write(async (transaction) => {
      const tables = transaction.withTables<{ schedules: Record<string, unknown> }>();
      const row = await tables.selectFrom('schedules').selectAll().executeTakeFirstOrThrow();
      for (let i = 1; i < maxSchedules; i += 1) {
        const copy = { ...row, schedule_id: String(i), name: `a${i}` };
        await tables.insertInto('schedules').values(copy).execute();
      }
    });
    const more = open.schedules.put('one-more', specOf(daily));
    await expect(more).rejects.toMatchObject({ code: 'SCHEDULE_LIMIT_REACHED', status: 409 });
    await open.schedules.put(
      'a',
      specOf(daily, { enabled: false, description: 'may be replaced' }),
    );
  });
});

test('one that this server does not read is told as failing, and stops none of the others', async () => {
  await open.schedules.put('later', specOf(daily));
  await open.schedules.put('daily', specOf(daily));
  await open.workspace.database.write(async (transaction) => {
    const tables = transaction.withTables<{ schedules: { name: string; definition: string } }>();
    const row = tables.selectFrom('schedules').select('definition').where('name', '=', 'later');
    const { definition } = await row.executeTakeFirstOrThrow();
    const changed = { definition: definition.replace('Europe/Berlin', 'Mars/Olympus') };
    await tables.updateTable('schedules').set(changed).where('name', '=', 'later').execute();
  });
  await lab.close();
  open = await lab.open();
  expect(await open.schedules.list(10)).toMatchObject([
    { name: 'daily', error: null },
    { name: 'later', nextTime: null, error: { code: 'SCHEDULE_INVALID' } },
  ]);
  lab.clock.set('2026-03-02T07:00:00Z');
  expect(await untilFired(open, 'daily', 1)).toHaveLength(1);
});

test('what is to be carried out when there are more than are taken at once', async () => {
  await open.schedules.put('many', specOf({ type: 'build', name: 'CI' }, { overlap: 'skip' }));
  const events = Array.from({ length: 250 }, (_, i) => ({
    id: String(i),
    name: 'CI',
    branch: 'm',
  }));
  const noted = events.map((event) =>
    open.schedules.noteEvent({ kind: 'build', status: 'succeeded', ...event }),
  );
  await Promise.all(noted);
  const firings = await untilFired(open, 'many', 250);
  expect(new Set(firings.map(({ reason }) => reason.split(' ')[1])).size).toBe(250);
});

test('schedules made and fired at once do not get in each other’s way', async () => {
  const names = Array.from({ length: 20 }, (_, i) => `s${i}`);
  await Promise.all(names.map((name) => open.schedules.put(name, specOf(daily))));
  lab.clock.set('2026-03-02T07:00:00Z');
  await Promise.all(names.map((name) => open.schedules.trigger(name)));
  for (const name of names) expect(await untilFired(open, name, 2)).toHaveLength(2);
  await until('all jobs have ended', async () => {
    const jobs = await open.engine.list({ limit: 100 });
    return jobs.length === 40 && jobs.every(({ status }) => status === 'Completed');
  });
});
