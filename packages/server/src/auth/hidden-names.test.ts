// Who may not read something is told nothing of it, whatever they ask: everything that is hidden here
// bears a mark that nobody types, which is looked for in every answer.
import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import type { RouteOptions } from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newPerson, type Person } from '../../test/people.ts';
import { readEvents } from '../../test/read-events.ts';
import { routesOf } from '../../test/registered-routes.ts';
import { TestApp } from '../../test/test-app.ts';

const mark = `hidden${randomBytes(6).toString('hex')}`;
let server: TestApp;
let routes: readonly RouteOptions[];
let readers: readonly Person[];
/** What a caller may know and try, by the name of what it is given as. */
let known: Readonly<Record<string, readonly string[]>>;

beforeAll(async () => {
  routes = await routesOf(async () => {
    server = await TestApp.open();
  });
  await seed();
});
afterAll(() => server.close());

const tags = { [mark]: mark };

async function seed(): Promise<void> {
  const { workspace } = server.context;
  const made = await workspace.experiments.create({ name: `e-${mark}`, tags });
  const experimentId = made.experiment_id;
  const runId = await seedRun(experimentId);
  await seedModels(runId);
  const sourceRunId = runId;
  const logged = { experimentId, name: mark, sourceRunId, tags };
  const { info } = await workspace.loggedModels.create(logged);
  const jobId = await submitJob();
  readers = [await newPerson(workspace, 'Reader'), await newPerson(workspace, 'Contributor')];
  for (const { id } of readers) {
    await workspace.permissions.set({ kind: 'experiment', id: experimentId }, id, 'NO_PERMISSIONS');
    for (const name of hiddenModels)
      await workspace.permissions.set({ kind: 'model', name }, id, 'NO_PERMISSIONS');
  }
  known = await whatIsKnown({ experimentId, runId, jobId, modelId: info.model_id });
}

async function seedRun(experimentId: string): Promise<string> {
  const { runs, artifacts } = server.context.workspace;
  const { info } = await runs.create({ experimentId, runName: mark, tags });
  const runId = info.run_id;
  const metric = { value: 1, timestamp: 1 };
  await runs.logBatch(runId, {
    metrics: [
      { ...metric, key: mark },
      { ...metric, key: 'loss' },
    ],
    params: [{ key: mark, value: mark }],
  });
  const dataset = { name: mark, digest: mark, source_type: 'local', source: mark };
  await runs.logInputs(runId, [{ dataset, tags: [] }]);
  await artifacts.write(runId, `model/${mark}.txt`, Buffer.from(mark));
  await artifacts.write(runId, 'a.txt', Buffer.from(mark));
  return runId;
}

/** The first of them has a name that a caller may try. */
const hiddenModels = ['secret', `m-${mark}`];

async function seedModels(runId: string): Promise<void> {
  const { models } = server.context.workspace;
  const source = `runs:/${runId}/model`;
  for (const name of hiddenModels) {
    await models.createRegisteredModel({ name, description: mark, tags });
    await models.createVersion({ name, source, runId, description: mark, tags });
    await models.setAlias(name, mark.slice(0, 12), 1);
  }
  // What may be read comes from what may not.
  await models.createRegisteredModel({ name: 'open' });
  await models.createVersion({ name: 'open', source, runId });
}

async function whatIsKnown(hidden: {
  readonly experimentId: string;
  readonly runId: string;
  readonly jobId: string;
  readonly modelId: string;
}) {
  const { experimentId, runId, jobId, modelId } = hidden;
  const files = `${experimentId}/${runId}/artifacts`;
  const names = ['secret', 'open', 'none', 'latest', readers[0]?.name ?? '', 'main'];
  const ids = [runId, jobId, await server.run(), experimentId, '0', modelId, 'none'];
  return {
    ...{ id: [...ids, ...names], runId: ids, run_id: ids, run_uuid: ids, run_ids: ids, job: ids },
    ...{ model_id: ids, run: ids, experiment_id: ids, experiments: ids, experimentId: ids },
    ...{ name: names, model: names, user: names, username: names, endpoint: names },
    ...{
      experiment: ['Default', 'none'],
      experiment_name: ['Default'],
      experimentName: ['Default'],
    },
    ...{ workspace: ['ridgeline'], step: ['main', 'command'], version: ['1', '2', 'latest'] },
    ...{ path: ['a.txt', 'model', files, `${files}/model`], metric_key: ['loss'], alias: ['none'] },
    ...{ '*': [`${files}/a.txt`, files, `${experimentId}/models/${modelId}/artifacts`, 'a.txt'] },
    ...{ resource_type: ['experiment', 'registered_model'], resource_id: [...ids, ...names] },
    ...{ max_results: ['1', '100'], view_type: ['ALL'], kinds: ['none'], allow_deleted: ['true'] },
    ...{ filter: ["name LIKE '%'", "run_id = 'x'"], limit: ['10'], offset: ['0'] },
  };
}

async function submitJob(): Promise<string> {
  const definition = `
$schema: https://azuremlschemas.azureedge.net/latest/commandJob.schema.json
type: command
command: echo ${mark}
display_name: ${mark}
environment: azureml:ridgeline-node@latest
`;
  const files = { fileName: 'job.yml', code: {}, uploads: {} };
  const { id } = await server.context.jobs.submit({
    ...{ definition, ...files, experimentName: `e-${mark}`, tags: { [mark]: mark } },
  });
  await server.context.jobs.waitFor(id);
  return id;
}

/** The path of a route with its names filled in, and a query of what such routes take. */
function addressOf(url: string, choose: (among: readonly string[]) => string): string {
  const fill = (name: string) => encodeURIComponent(choose(known[name] ?? ['none']));
  const path = url
    .replace(/:(\w+)/g, (_, name: string) => fill(name))
    .replace('*', () => choose(known['*'] ?? []));
  const query = Object.keys(known)
    .filter((key) => key !== '*')
    .map((key) => `${key}=${fill(key)}`);
  return `${path}?${query.join('&')}`;
}

const zeros = [0, 0, 0, 0, 0, 0, 0];

async function askFor(address: string, reader: Person | undefined): Promise<void> {
  // Some take no query.
  for (const asked of [address, address.replace(/\?.*/, '')]) {
    const { status, text, headers } = await server.get(asked, { token: reader?.token ?? '' });
    expect(status, `${asked}: ${text}`).not.toBe(500);
    expect(status, asked).not.toBe(401);
    expect(text, asked).not.toContain(mark);
    expect(JSON.stringify(headers), asked).not.toContain(mark);
  }
}

// The stream of events has no end: it has a test of its own.
const gets = () =>
  routes.filter(
    ({ method, url, config }) =>
      method === 'GET' && config?.access !== 'anyone' && url !== '/api/v1/events',
  );

describe('a mark on all that is hidden', () => {
  test('is seen by an owner, so that this would notice it', async () => {
    for (const path of [
      'experiments/search',
      'registered-models/search',
      'model-versions/search',
    ]) {
      expect((await server.mlflow('GET', path)).text).toContain(mark);
    }
    expect((await server.get('/api/v1/jobs')).text).toContain(mark);
    expect((await server.get('/api/v1/models/open/versions/1/lineage')).text).toContain(mark);
  });

  test('is in no answer of any route that reads, nor in any error', async () => {
    const routes = gets();
    const request = fc.record({
      route: fc.nat(routes.length - 1),
      reader: fc.nat(1),
      picks: fc.array(fc.nat(), { minLength: 7, maxLength: 7 }),
    });
    await fc.assert(
      fc.asyncProperty(request, async ({ route, reader, picks }) => {
        let at = 0;
        const choose = (among: readonly string[]) => {
          at += 1;
          return among[(picks[at % picks.length] ?? 0) % among.length] ?? '';
        };
        await askFor(addressOf(routes[route]?.url ?? '', choose), readers[reader]);
      }),
      // Each route at least once.
      { numRuns: 1_000, examples: routes.map((_, route) => [{ route, reader: 1, picks: zeros }]) },
    );
  });

  test('is in no answer of a search', async () => {
    const ids = [...new Set(known.experiment_id)];
    for (const { token } of readers) {
      for (const [path, body] of [
        ['experiments/search', { max_results: 100, view_type: 'ALL' }],
        ['experiments/search-datasets', { experiment_ids: ids }],
        ['runs/search', { experiment_ids: ids, run_view_type: 'ALL' }],
        ['logged-models/search', { experiment_ids: ids }],
        ['registered-models/get-latest-versions', { name: 'secret' }],
      ] as const) {
        const { text } = await server.mlflow('POST', path, body, { token });
        expect(text, path).not.toContain(mark);
      }
    }
  });

  test('is in none of the events, also of what is hidden while they are read', async () => {
    const { workspace } = server.context;
    const [reader] = readers;
    await using events = await readEvents(`${server.url}/api/v1/events`, reader?.token ?? '');
    await events.next();
    const [{ experiment_id: id } = { experiment_id: '' }] = (
      await workspace.experiments.search({ filter: `name = 'e-${mark}'` })
    ).items;
    const { info } = await workspace.runs.create({ experimentId: id, runName: mark });
    await workspace.runs.logMetric(info.run_id, { key: mark, value: 1 });
    await workspace.models.setRegisteredModelTag(`m-${mark}`, 'k', 'v');
    await workspace.models.renameRegisteredModel(`m-${mark}`, `n-${mark}`);
    await workspace.models.deleteRegisteredModel(`n-${mark}`);
    const later = await workspace.experiments.create({ name: `later-${mark}` });
    const thing = { kind: 'experiment', id: later.experiment_id } as const;
    await workspace.permissions.set(thing, reader?.id ?? '', 'NO_PERMISSIONS');
    await workspace.runs.create({ experimentId: later.experiment_id, runName: mark });
    await workspace.models.setRegisteredModelTag('open', 'last', 'v');
    const told = await events.until(({ data }) => data.name === 'open');
    expect(JSON.stringify(told)).not.toContain(mark);
    expect(told.filter(({ event }) => event === 'run')).toEqual([]);
  });
});
