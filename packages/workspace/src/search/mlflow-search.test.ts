// Every search of testdata/mlflow-search gives here what MLflow 3.17 gave: the answers there were
// recorded from its SQL store by test/interop/record_search.py. What differs, differs as said here.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { openWorkspace, type Workspace } from '../workspace.ts';
import { ask, fill, type SearchCase, searchSuite } from './mlflow-search.fixture.ts';

let workspace: Workspace;

beforeAll(async () => {
  let now = Date.now() + 60_000;
  workspace = await openWorkspace({ folder: await temporaryFolder(), clock: () => now });
  await fill(workspace, () => {
    now += 5;
  });
});
afterAll(() => workspace.close());

/** By what is asked; the reason is the title of the test. */
const different = new Map<string, string>([
  ['{"of":"versions","filter":"version_number = \'1\'"}', 'a number is written without quotes'],
]);

const titleOf = ({ answer: _answer, ...asked }: SearchCase) => JSON.stringify(asked);
test.each([...different])('%s is refused here: %s', async (title) => {
  const [asked] = searchSuite.cases.filter((one) => titleOf(one) === title);
  if (asked === undefined) throw new Error('there is no such case');
  await expect(ask(workspace, asked)).rejects.toMatchObject({ code: 'INVALID_PARAMETER_VALUE' });
});

const titled = searchSuite.cases.map((asked) => [titleOf(asked), asked] as const);

test.each(titled.filter(([title]) => !different.has(title)))('%s', async (_title, asked) => {
  const asking = ask(workspace, asked);
  if (Array.isArray(asked.answer)) expect(await asking).toEqual(asked.answer);
  else await expect(asking).rejects.toMatchObject({ code: 'INVALID_PARAMETER_VALUE' });
});
