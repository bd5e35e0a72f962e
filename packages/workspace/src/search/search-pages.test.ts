// Every search that has pages gives what was there all the time on one page and on one only, in order,
// whatever is added and removed between two pages.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { openWorkspace, type Workspace } from '../workspace.ts';
import type { Page, PageRequest } from './page.ts';

let workspace: Workspace;
let now: number;

beforeEach(async () => {
  now = 1_000;
  workspace = await openWorkspace({ folder: await temporaryFolder(), clock: () => now });
});
afterEach(() => workspace.close());

/** What has pages, and how one of it comes and goes. */
interface Site {
  readonly orders: readonly (readonly string[])[];
  add(name: string): Promise<unknown>;
  remove(name: string): Promise<unknown>;
  find(orderBy: readonly string[], page: PageRequest): Promise<Page<string>>;
}

const named = <T>({ items, nextPageToken }: Page<T>, nameOf: (item: T) => string) => ({
  items: items.map(nameOf),
  nextPageToken,
});

const ids = new Map<string, string>();
const sites: Readonly<Record<string, Site>> = {
  experiments: {
    orders: [[], ['name'], ['creation_time', 'name DESC'], ['last_update_time DESC']],
    add: async (name) =>
      ids.set(name, (await workspace.experiments.create({ name })).experiment_id),
    remove: (name) => workspace.experiments.delete(ids.get(name) ?? ''),
    find: async (orderBy, page) =>
      named(
        await workspace.experiments.search({ orderBy, filter: "name LIKE 'n%'", ...page }),
        ({ name }) => name,
      ),
  },
  'registered models': {
    orders: [[], ['name DESC'], ['creation_timestamp', 'name DESC'], ['timestamp DESC']],
    add: (name) => workspace.models.createRegisteredModel({ name }),
    remove: (name) => workspace.models.deleteRegisteredModel(name),
    find: async (orderBy, page) =>
      named(
        await workspace.models.searchRegisteredModels({ orderBy, ...page }),
        ({ name }) => name,
      ),
  },
  'model versions': {
    orders: [[], ['name'], ['run_id', 'version_number'], ['run_id DESC'], ['source_path DESC']],
    async add(name) {
      await workspace.models.createRegisteredModel({ name });
      await workspace.models.createVersion({ name, source: `s3://bucket/${name.length}` });
    },
    remove: (name) => workspace.models.deleteVersion(name, 1),
    find: async (orderBy, page) =>
      named(await workspace.models.searchVersions({ orderBy, ...page }), ({ name }) => name),
  },
  'logged models': {
    orders: [[], ['name'], ['metrics.m DESC'], ['metrics.m', 'model_type'], ['model_type DESC']],
    async add(name) {
      const modelType = Number(name.slice(1)) % 3 === 0 ? 'ridge' : undefined;
      const details = { experimentId: '0', name, ...(modelType && { modelType }) };
      const { model_id: modelId } = (await workspace.loggedModels.create(details)).info;
      ids.set(name, modelId);
      const value = [Number.NaN, 0.5, 1, 1e300][Number(name.slice(1)) % 5];
      if (value !== undefined) await workspace.runs.logMetric(runId, { key: 'm', value, modelId });
    },
    remove: (name) => workspace.loggedModels.delete(ids.get(name) ?? ''),
    find: async (orderBy, page) =>
      named(
        await workspace.loggedModels.search({
          experimentIds: ['0'],
          orderBy: orderBy.map((text) => {
            const [fieldName = '', way] = text.split(' ');
            return { fieldName, ascending: way !== 'DESC' };
          }),
          ...page,
        }),
        ({ info }) => info.name,
      ),
  },
};

let runId: string;
beforeEach(async () => {
  runId = (await workspace.runs.create({ experimentId: '0' })).info.run_id;
});

async function allPages(
  { find }: Site,
  orderBy: readonly string[],
  between: (page: number) => Promise<void>,
): Promise<readonly string[]> {
  const seen: string[] = [];
  let token: string | null = '';
  for (let page = 0; token !== null; page += 1) {
    const found: Page<string> = await find(orderBy, { maxResults: 2, pageToken: token });
    seen.push(...found.items);
    token = found.nextPageToken;
    await between(page);
  }
  return seen;
}

describe.each(Object.entries(sites))('a search of %s', (_, site) => {
  beforeEach(async () => {
    for (let number = 10; number < 19; number += 1) {
      // Three at a time, so that there are ties.
      now = 1_000 + (number % 3);
      await site.add(`n${number}`);
    }
  });

  test('gives the whole list, page by page, in every order', async () => {
    for (const orderBy of site.orders) {
      const whole = await site.find(orderBy, { maxResults: 100 });
      expect(whole.items).toHaveLength(9);
      const paged = await allPages(site, orderBy, async () => {});
      expect({ orderBy, found: paged }).toEqual({ orderBy, found: whole.items });
    }
  });

  test('gives once what stays, while others come and go', async () => {
    let added = 100;
    for (const orderBy of site.orders) {
      const whole = (await site.find(orderBy, { maxResults: 100 })).items;
      const kept = whole.filter((name) => Number(name.slice(1)) < 19);
      const paged = await allPages(site, orderBy, async (page) => {
        if (page > 2) return;
        added += 1;
        now = 999 + (added % 5);
        await site.add(`n${added}`);
        if (page > 0) await site.remove(`n${added - 1}`);
      });
      expect(new Set(paged).size).toBe(paged.length);
      const seen = paged.filter((name) => kept.includes(name));
      expect({ orderBy, seen }).toEqual({ orderBy, seen: kept });
    }
  });

  test('refuses a token of another order', async () => {
    const [one = [], other = []] = site.orders;
    const { nextPageToken } = await site.find(one, { maxResults: 2 });
    const asking = site.find(other, { maxResults: 2, pageToken: nextPageToken ?? '' });
    await expect(asking).rejects.toMatchObject({ code: 'INVALID_PARAMETER_VALUE' });
  });
});
