import { stat, utimes } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { pipelineOf } from '../test/pipelines.ts';
import type { Firing, TriggerSpec } from './schedule.ts';
import {
  type OpenSchedules,
  ScheduleLab,
  specOf,
  untilFired,
  untilLooked,
} from './test/schedule-lab.ts';

let lab: ScheduleLab;
let open: OpenSchedules;
let minute: number;

beforeEach(async () => {
  lab = await ScheduleLab.make();
  open = await lab.open();
  minute = 0;
});

afterEach(async () => {
  expect(open.errors).toEqual([]);
  await lab.dispose();
});

const said = (fact: string) => ({ inputs: { said: `\${{trigger.${fact}}}` } });

/** A minute later, by when every trigger has looked; all firings, the oldest first. */
async function later(name: string): Promise<readonly Firing[]> {
  minute += 1;
  await untilLooked(open);
  lab.clock.set(new Date(Date.parse('2026-03-02T00:00:00Z') + minute * 61_000).toISOString());
  await untilLooked(open);
  return untilFired(open, name, 0);
}

async function whatWasSaid(firing: Firing | undefined): Promise<string | undefined> {
  return (await open.engine.waitFor(firing?.jobId ?? '')).inputs.said;
}

async function restart(): Promise<void> {
  await lab.close();
  open = await lab.open();
  await untilLooked(open);
}

describe('a path of a datastore', () => {
  const folder = 'azureml://datastores/workspaceblobstore/paths/incoming';
  const trigger: TriggerSpec = { type: 'data', path: folder, pollSeconds: 30 };
  const write = (path: string, text: string) =>
    open.workspace.datastores.default.write(path, Readable.from([text]));

  test('fires for files that are new or changed, and not for those that were there or go', async () => {
    await write('incoming/old.csv', 'old');
    await open.schedules.put('watch', specOf(trigger, said('path')));
    expect(await later('watch')).toEqual([]);

    await write('incoming/deep/a.csv', '1');
    const [first] = await later('watch');
    expect(first).toMatchObject({ status: 'Submitted', reason: 'new: incoming/deep/a.csv' });
    expect(await whatWasSaid(first)).toBe(`${folder}/deep/a.csv`);
    expect(await later('watch')).toHaveLength(1);

    await write('incoming/old.csv', 'changed in size');
    await write('incoming/b', '');
    await write('elsewhere/c', '');
    expect((await later('watch'))[1]?.reason.split(', ').toSorted()).toEqual([
      'changed: incoming/old.csv',
      'new: incoming/b',
    ]);

    const file = await open.workspace.datastores.default.localPath('incoming/b');
    const { mtimeMs } = await stat(file);
    await utimes(file, 0, mtimeMs / 1000 + 5);
    expect((await later('watch'))[2]).toMatchObject({ reason: 'changed: incoming/b' });
    expect(await later('watch')).toHaveLength(3);
  });

  test('may come later, be one file, and change while no server runs', async () => {
    await open.schedules.put('watch', specOf({ ...trigger, path: `${folder}/one.csv` }));
    expect(await later('watch')).toEqual([]);
    await write('incoming/one.csv', '1');
    expect(await later('watch')).toHaveLength(1);
    await write('incoming/one.csv', '22');
    await restart();
    expect((await later('watch'))[1]).toMatchObject({ reason: 'changed: incoming/one.csv' });
    await restart();
    expect(await later('watch')).toHaveLength(2);
  });

  test('with many files fires once', async () => {
    await open.schedules.put('watch', specOf(trigger));
    for (let i = 0; i < 10; i += 1) await write(`incoming/${i}`, '');
    const firings = await later('watch');
    expect(firings).toHaveLength(1);
    expect(firings[0]?.reason).toMatch(/^new: .*, new: .*, new: .*, and 7 more$/);
  });
});

describe('a registered model', () => {
  const trigger: TriggerSpec = { type: 'model', model: 'm' };

  async function register(tags: Readonly<Record<string, string>> = {}): Promise<string> {
    const { models } = open.workspace;
    const found = await models.latestVersion('m');
    if (found === null) await models.createRegisteredModel({ name: 'm' });
    const pairs = Object.entries(tags).map(([key, value]) => ({ key, value }));
    const source = 'https://example.test/model';
    return (await models.createVersion({ name: 'm', source, tags: pairs })).version;
  }

  test('fires for each new version, once', async () => {
    await register();
    await open.schedules.put('watch', specOf(trigger, said('version')));
    expect(await later('watch')).toEqual([]);
    await register();
    await register();
    const firings = await later('watch');
    expect(firings.map(({ reason }) => reason)).toEqual([
      'model m has a new version 2',
      'model m has a new version 3',
    ]);
    expect(await whatWasSaid(firings[1])).toBe('3');
    await restart();
    expect(await later('watch')).toHaveLength(2);
  });

  test('that is not there yet fires when it comes', async () => {
    await open.schedules.put('watch', specOf(trigger));
    expect(await later('watch')).toEqual([]);
    await register();
    await restart();
    expect(await later('watch')).toHaveLength(1);
  });

  test('with tags fires for versions that have them, also when they get them later', async () => {
    await open.schedules.put('watch', specOf({ ...trigger, tags: { ok: 'yes' } }));
    await register();
    await register({ ok: 'yes' });
    expect(await later('watch')).toMatchObject([{ reason: 'model m has a new version 2' }]);
    await open.workspace.models.setVersionTag('m', '1', 'ok', 'yes');
    expect((await later('watch'))[1]).toMatchObject({ reason: 'model m has a new version 1' });
    expect(await later('watch')).toHaveLength(2);
  });

  test('with an alias fires whenever that points elsewhere', async () => {
    await open.schedules.put('watch', specOf({ ...trigger, alias: 'champion' }, said('version')));
    await register();
    await register();
    expect(await later('watch')).toEqual([]);
    const { models } = open.workspace;
    for (const version of ['2', '1', '2']) {
      await models.setAlias('m', 'champion', version);
      await later('watch');
      await later('watch');
    }
    const firings = await untilFired(open, 'watch', 3);
    expect(await Promise.all(firings.map(whatWasSaid))).toEqual(['2', '1', '2']);
    await models.deleteAlias('m', 'champion');
    expect(await later('watch')).toHaveLength(3);
  });
});

describe('a job', () => {
  const run = async (name: string, command = 'true') => {
    const more = { experiment_name: name, display_name: 'short' };
    const job = pipelineOf({ a: { command } }, more);
    return open.engine.waitFor((await open.engine.submit(job)).id);
  };

  // The clock of the engine is this machine's.
  beforeEach(() => lab.clock.set(new Date().toISOString()));
  async function afterwards(name: string): Promise<readonly Firing[]> {
    minute += 1;
    await untilLooked(open);
    lab.clock.set(new Date(Date.now() + minute * 61_000).toISOString());
    await untilLooked(open);
    return untilFired(open, name, 0);
  }

  test('fires when one of the experiment has ended as it should, once', async () => {
    await run('train');
    lab.clock.set(new Date(Date.now() + 1).toISOString());
    const trigger: TriggerSpec = { type: 'job', experimentName: 'train' };
    await open.schedules.put('watch', specOf(trigger, said('job')));
    const job = await run('train');
    await run('train', 'false');
    await run('other');
    const [firing] = await afterwards('watch');
    expect(firing?.reason).toBe(`job ${job.id} (short) has ended as Completed`);
    expect(await whatWasSaid(firing)).toBe(job.id);
    await restart();
    expect(await afterwards('watch')).toHaveLength(1);
  });

  test('fires for those that failed, if it is to, and by their name', async () => {
    const trigger: TriggerSpec = { type: 'job', displayName: 'short', status: ['Failed'] };
    await open.schedules.put('watch', specOf(trigger, said('status')));
    await run('one', 'false');
    await run('two');
    const firings = await afterwards('watch');
    expect(firings).toHaveLength(1);
    expect(await whatWasSaid(firings[0])).toBe('Failed');
  });

  test('that the schedule itself has started does not fire it again', async () => {
    const trigger: TriggerSpec = { type: 'job', experimentName: 'scheduled' };
    await open.schedules.put('loop', specOf(trigger));
    const { jobId } = await open.schedules.trigger('loop');
    await open.engine.waitFor(jobId ?? '');
    expect(await afterwards('loop')).toHaveLength(1);
  });
});

describe('a build', () => {
  const trigger: TriggerSpec = { type: 'build', name: 'Model-CI', branch: 'main' };
  const build = { kind: 'build', id: '7', name: 'Model-CI', status: 'succeeded', branch: 'main' };
  const event = build as Parameters<OpenSchedules['schedules']['noteEvent']>[0];

  test('fires for one that it waits for, once, however often it is told', async () => {
    await open.schedules.put('watch', specOf(trigger, said('build')));
    await open.schedules.put('off', specOf(trigger, { enabled: false }));
    await open.schedules.noteEvent(event);
    await Promise.all([open.schedules.noteEvent(event), open.schedules.noteEvent(event)]);
    const firings = await untilFired(open, 'watch', 1);
    expect(firings).toMatchObject([{ reason: 'build 7 of Model-CI has succeeded' }]);
    expect(await whatWasSaid(firings[0])).toBe('7');
    expect(await open.schedules.firings('off', 10)).toEqual([]);
  });

  test.each([{ name: 'Other' }, { status: 'failed' }, { branch: 'feature' }])(
    'does not fire for %j',
    async (more) => {
      await open.schedules.put('watch', specOf(trigger));
      await open.schedules.noteEvent({ ...event, ...(more as object) });
      expect(await later('watch')).toEqual([]);
    },
  );
});

test('what cannot be looked at is told, and looked at again', async () => {
  const path = 'azureml://datastores/workspaceblobstore/paths/in';
  await open.schedules.put('watch', specOf({ type: 'data', path, pollSeconds: 1 }));
  await untilLooked(open);
  const { default: store } = open.workspace.datastores;
  const original = store.list.bind(store);
  store.list = async () => {
    throw Object.assign(new Error('the disk is away'), { code: 'DATASTORE_AWAY', status: 503 });
  };
  await later('watch');
  expect(await open.schedules.get('watch')).toMatchObject({
    error: { code: 'DATASTORE_AWAY', message: 'the disk is away' },
  });
  store.list = original;
  await store.write('in/a', Readable.from(['a']));
  expect(await later('watch')).toHaveLength(1);
  expect(await open.schedules.get('watch')).toMatchObject({ error: null });
});
