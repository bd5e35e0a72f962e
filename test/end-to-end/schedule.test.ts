// Schedules from the command line, on a server that is killed again and again while they fire: what
// happened makes one job, whether a server was there to see it or not.
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type Firing, isEnded, type Job, RidgelineClient } from '@ridgeline/client';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ridgeline, type Server, startServer } from './cli.ts';

let folder: string;
let workspace: string;
let server: Server | null = null;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'schedule-'));
  workspace = path.join(folder, 'workspace');
});

afterEach(async () => {
  await server?.stop('SIGKILL');
  await rm(folder, { recursive: true, force: true });
});

const jobYaml = (experiment: string) => `type: command
experiment_name: ${experiment}
command: echo \${{inputs.what}}
inputs: {what: nothing}
`;

async function schedule(...words: readonly string[]) {
  const ended = await ridgeline(['schedule', ...words, '-w', workspace, '--json']);
  expect(ended.exitCode, ended.stderr).toBe(0);
  return JSON.parse(ended.stdout);
}

async function until<T>(what: string, ask: () => Promise<T | false>): Promise<T> {
  for (const end = Date.now() + 60_000; Date.now() < end; await delay(100)) {
    const answer = await ask();
    if (answer !== false) return answer;
  }
  throw new Error(`waited in vain until ${what}`);
}

test('is made from a YAML file and from options, shown, switched, fired and deleted', async () => {
  server = await startServer(workspace);
  await writeFile(path.join(folder, 'job.yml'), jobYaml('by-hand'));
  const file = path.join(folder, 'schedule.yml');
  const trigger =
    'trigger: {type: cron, expression: "0 8 * * 1", time_zone: W. Europe Standard Time}';
  const create = 'create_job: {job: ./job.yml, inputs: {what: yaml}}';
  await writeFile(file, `name: weekly\n${trigger}\n${create}\n`);
  expect(await schedule('create', '-f', file)).toMatchObject({
    name: 'weekly',
    starts: { kind: 'job', name: 'job.yml' },
    trigger: { expression: '0 8 * * 1', timeZone: 'W. Europe Standard Time' },
  });
  const job = ['--job', path.join(folder, 'job.yml'), '--set', 'what=${{name}}'];
  await schedule('create', '--name', 'hourly', '--every', '2 hours', '--disabled', ...job);
  expect(await schedule('list')).toMatchObject([
    { name: 'hourly', enabled: false, trigger: { frequency: 'hour', interval: 2 } },
    { name: 'weekly', enabled: true },
  ]);
  const fired: Firing = await schedule('trigger', 'hourly');
  expect(fired).toMatchObject({ status: 'Submitted' });
  const client = new RidgelineClient(server);
  expect(await client.jobs.wait(fired.jobId ?? '')).toMatchObject({
    experimentName: 'by-hand',
    inputs: { what: 'hourly' },
    properties: { 'ridgeline.schedule': 'hourly' },
  });
  expect(await schedule('show', 'hourly')).toMatchObject({ firings: [{ id: fired.id }] });
  expect(await schedule('enable', 'hourly')).toMatchObject({ enabled: true });
  expect(await schedule('disable', 'hourly')).toMatchObject({ enabled: false });
  await schedule('delete', 'hourly');
  const shown = await ridgeline(['schedule', 'show', 'weekly', '-w', workspace]);
  expect(shown.stdout).toContain("at '0 8 * * 1' (W. Europe Standard Time)");
  const gone = await ridgeline(['schedule', 'show', 'hourly', '-w', workspace]);
  expect(gone).toMatchObject({
    exitCode: 1,
    stderr: expect.stringContaining('SCHEDULE_NOT_FOUND'),
  });
  const both = await ridgeline(['schedule', 'create', '--name', 'x', ...job, '-w', workspace]);
  expect(both.stderr).toContain('--cron');
}, 120_000);

test('fires once for what happened, through the death of its server at any moment', async () => {
  const port = await freePort();
  const datastore = path.join(workspace, 'datastores/workspaceblobstore/in');
  server = await startServer(workspace, port);
  await mkdir(datastore, { recursive: true });
  await writeFile(path.join(folder, 'first.yml'), jobYaml('first'));
  await writeFile(path.join(folder, 'second.yml'), jobYaml('second'));
  const uri = 'azureml://datastores/workspaceblobstore/paths/in';
  const onData = ['--on-data-path', uri, '--poll-seconds', '1', '--job'];
  await schedule('create', '--name', 'on-data', ...onData, path.join(folder, 'first.yml'));
  const onJob = ['--on-job', 'first', '--job', path.join(folder, 'second.yml')];
  await schedule('create', '--name', 'on-job', ...onJob);

  for (const file of ['a', 'b', 'c', 'd']) {
    await writeFile(path.join(datastore, file), file);
    await delay(Math.random() * 1_500);
    await server.stop('SIGKILL');
    server = await startServer(workspace, port);
  }
  const client = new RidgelineClient(server);
  const settled = async (name: string, isEnough: (firings: readonly Firing[]) => boolean) => {
    const firings = await client.schedules.firings(name);
    return firings.every(({ status }) => status === 'Submitted') && isEnough(firings) && firings;
  };
  const seen = (firings: readonly Firing[]) =>
    firings.flatMap(({ reason }) => reason.match(/in\/\w/g) ?? []).toSorted();
  const ofData = await until('all files were seen', () =>
    settled('on-data', (firings) => seen(firings).length >= 4),
  );
  const ofJobs = await until('all jobs were seen', () =>
    settled('on-job', ({ length }) => length >= ofData.length),
  );
  expect(seen(ofData)).toEqual(['in/a', 'in/b', 'in/c', 'in/d']);
  const jobs = await until('all jobs have ended', async () => {
    const all = await client.jobs.list();
    return all.every(({ status }) => isEnded(status)) && all;
  });
  const idsOf = (experiment: string) => idsIn(jobs, experiment);
  expect(idsOf('first')).toEqual(ofData.map(({ jobId }) => jobId).toSorted());
  expect(idsOf('second')).toEqual(ofJobs.map(({ jobId }) => jobId).toSorted());
  const answered = ofJobs.map(({ reason }) => /^job (\w+)/.exec(reason)?.[1]).toSorted();
  expect(answered).toEqual(idsOf('first'));
  expect(jobs.map(({ status }) => status)).toEqual(jobs.map(() => 'Completed'));
  expect(await readdir(datastore)).toHaveLength(4);
}, 120_000);

function idsIn(jobs: readonly Job[], experiment: string): readonly string[] {
  const found = jobs.filter(({ experimentName }) => experimentName === experiment);
  return found.map(({ id }) => id).toSorted();
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  return address !== null && typeof address === 'object' ? address.port : 0;
}
