// A server that is killed in the middle of a pipeline, again and again: the next one goes on from
// there, repeats no finished step, and has every value that was logged.
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { RidgelineClient } from '@ridgeline/client';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ridgeline, startServer } from './cli.ts';

// Each step notes its beginning and its end in a journal that no crash can touch, and logs a
// metric for each value that the server has acknowledged.
const stepScript = `
import { appendFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { currentRun } from '@ridgeline/client';
const [journal, name, out] = process.argv.slice(2);
const note = (what) => appendFileSync(journal, name + ' ' + what + '\\n');
const run = currentRun();
note('began ' + run.id);
for (let step = 0; step < 10; step += 1) {
  await run.logMetric('value', step, { step });
  note('logged ' + run.id + ' ' + step);
  await delay(40);
}
appendFileSync(out + '/done', name);
note('ended ' + run.id);
`;

const stepNames = ['first', 'left', 'right', 'last'];
const after: Record<string, readonly string[]> = {
  first: [],
  left: ['first'],
  right: ['first'],
  last: ['left', 'right'],
};

const pipeline = (journal: string) => `type: pipeline
experiment_name: crashes
jobs:
${stepNames.map((name) => stepYaml(name, journal)).join('\n')}
`;

const stepYaml = (name: string, journal: string) => `  ${name}:
    code: code
    command: node step.ts '${journal}' ${name} \${{outputs.result}}
    environment: azureml:ridgeline-node@latest
    inputs:
${(after[name] ?? []).map((other) => `      ${other}: \${{parent.jobs.${other}.outputs.result}}`).join('\n') || '      none: 0'}
    outputs:
      result:
        type: uri_folder`;

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'crash-'));
  await mkdir(path.join(folder, 'code'));
  await writeFile(path.join(folder, 'code/step.ts'), stepScript);
});

afterEach(() => rm(folder, { recursive: true, force: true }));

test('a pipeline survives the death of its server at any moment', {
  timeout: 120_000,
}, async () => {
  const workspace = path.join(folder, 'workspace');
  const journal = path.join(folder, 'journal');
  await writeFile(path.join(folder, 'pipeline.yml'), pipeline(journal));
  await writeFile(journal, '');
  const port = await freePort();

  let server = await startServer(workspace, port);
  const file = path.join(folder, 'pipeline.yml');
  const created = await ridgeline(['job', 'create', '-f', file, '-w', workspace, '--json']);
  const { id } = JSON.parse(created.stdout);
  for (let kill = 0; kill < 5; kill += 1) {
    await delay(100 + Math.random() * 500);
    await server.stop('SIGKILL');
    server = await startServer(workspace, port);
  }
  const client = new RidgelineClient({ url: server.url, token: server.token });
  const job = await client.jobs.wait(id);
  expect(job.status).toBe('Completed');

  const notes = (await readFile(journal, 'utf8'))
    .trim()
    .split('\n')
    .map((line) => line.split(' '));
  for (const step of job.steps) {
    const ended = notes.filter(([name, what]) => name === step.name && what === 'ended');
    expect(ended).toEqual([[step.name, 'ended', step.runId]]);
    const [files] = await Promise.all([client.artifacts.list(step.runId ?? '', 'outputs/result')]);
    expect(files.map((entry) => entry.path)).toEqual(['outputs/result/done']);
  }
  for (const runId of new Set(notes.map(([, , run]) => run ?? ''))) {
    const acknowledged = notes.filter(([, what, run]) => what === 'logged' && run === runId);
    const history = await client.runs.metricHistory(runId, 'value');
    const logged = new Set(history.map(({ value }) => Number(value)));
    for (const [, , , value] of acknowledged) expect(logged).toContain(Number(value));
    const { info } = await client.runs.get(runId);
    expect(['FINISHED', 'KILLED']).toContain(info.status);
  }
  await server.stop();
});

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => probe.once('listening', resolve));
  const { port } = probe.address() as { port: number };
  await new Promise((resolve) => probe.close(resolve));
  return port;
}
