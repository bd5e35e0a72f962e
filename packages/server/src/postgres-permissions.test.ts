// Permissions where several servers have one database: what one of them is told, all hold to.
import { openWorkspace } from '@ridgeline/workspace';
import { afterEach, expect, test, vi } from 'vitest';
import { newPerson } from '../test/people.ts';
import { temporaryFolder } from '../test/temporary-folder.ts';
import { type RunningServer, startServer } from './start-server.ts';

const servers: RunningServer[] = [];

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

test('a permission that one server has given, another holds to within a moment', async () => {
  const folder = await temporaryFolder();
  for (const _ of [1, 2]) servers.push(await startServer({ folder, port: 0 }));
  const [here, there] = servers;
  const workspace = await openWorkspace({ folder });
  const reader = await newPerson(workspace, 'Reader').finally(() => workspace.close());
  const address = '/api/v1/experiments/0/permissions';
  const change = async (method: 'PUT' | 'DELETE', body?: object) => {
    const answer = await fetch(`${here?.url}${address}/${reader.name}`, {
      method,
      headers: { authorization: `Bearer ${here?.token}`, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    expect(answer.ok).toBe(true);
  };
  const read = async () => {
    const url = `${there?.url}/api/2.0/mlflow/experiments/get?experiment_id=0`;
    return (await fetch(url, { headers: { authorization: `Bearer ${reader.token}` } })).status;
  };
  expect(await read()).toBe(200);
  await change('PUT', { permission: 'NO_PERMISSIONS' });
  await vi.waitFor(async () => expect(await read()).toBe(403), { timeout: 10_000 });
  await change('PUT', { permission: 'READ' });
  await vi.waitFor(async () => expect(await read()).toBe(200), { timeout: 10_000 });
});
