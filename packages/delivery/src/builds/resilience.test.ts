// A database that goes away while a build runs and comes back: the build is told as it truly is, and
// comes to its end without another start of the server.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { BuildLab, resultsOf, stepOf } from './test/build-lab.ts';
import { withLostDatabase } from './test/lost-database.ts';
import { until } from './test/until.ts';

let lab: BuildLab;

beforeEach(async () => {
  lab = await BuildLab.make();
});

afterEach(() => lab.dispose());

const waiting = `
steps:
- { checkout: none }
- bash: |
    touch "$GATE.reached"
    until [ -e "$GATE" ]; do sleep 0.02; done
`;

test('a build whose work was broken off is canceled all the same', async () => {
  let isAway = false;
  const { engine } = await lab.open({
    resumePauseMs: 60_000,
    wrap: (workspace) => withLostDatabase(workspace, () => isAway),
    environment: () => ({ PATH: process.env.PATH ?? '', GATE: lab.file('gate') }),
  });
  await lab.define(waiting);
  const { id } = await engine.queue({ pipeline: 'ci', requestedBy: 'ada' });
  await until('it runs', () => lab.hasFile('gate.reached'));
  isAway = true;
  await lab.writeFile('gate');
  // That is, until its work was broken off.
  expect((await engine.waitFor(id)).status).toBe('inProgress');
  isAway = false;
  await engine.cancel(id);
  const build = await engine.waitFor(id);
  expect(['canceled', 'failed']).toContain(build.result);
  await expect(engine.cancel(id)).rejects.toMatchObject({ code: 'BUILD_ENDED' });
});

test('a build whose work a lost database has broken off comes to its end by itself', async () => {
  let isAway = false;
  const { engine, errors } = await lab.open({
    resumePauseMs: 500,
    wrap: (workspace) => withLostDatabase(workspace, () => isAway),
    environment: () => ({ PATH: process.env.PATH ?? '', GATE: lab.file('gate') }),
  });
  await lab.define(`
jobs:
- job: long
  steps:
  - { checkout: none }
  - { bash: echo before, displayName: before }
  - bash: |
      touch "$GATE.reached"
      until [ -e "$GATE" ]; do sleep 0.02; done
    displayName: wait
  - { bash: echo after, displayName: after }
- job: last
  dependsOn: long
  condition: always()
  steps:
  - { checkout: none }
  - { bash: echo said, displayName: say }
`);
  const { id } = await engine.queue({ pipeline: 'ci', requestedBy: 'ada' });
  await until('it runs', () => lab.hasFile('gate.reached'));
  isAway = true;
  await lab.writeFile('gate');
  // That is, until its work was broken off.
  expect((await engine.waitFor(id)).status).toBe('inProgress');
  isAway = false;
  await until('it has ended', async () => (await engine.builds.get(id)).status === 'completed');
  const build = await engine.waitFor(id);
  expect(resultsOf(build)).toEqual({ '__default.long': 'failed', '__default.last': 'succeeded' });
  expect(stepOf(build, 'before').result).toBe('succeeded');
  expect(await lab.logOf(build, 'say')).toContain('said');
  expect(errors.length).toBeGreaterThan(0);
  for (const error of errors) expect(error).toMatchObject({ code: 'DATABASE_UNREACHABLE' });
});
