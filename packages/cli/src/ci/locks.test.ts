// An exclusive lock between runs of one folder, each of which is a process of its own.
import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { Project, type Started, until } from './testing.fixture.ts';

const release = `stages:
- stage: Prod
  condition: always()
  jobs:
  - deployment: Ship
    environment: production
    strategy:
      runOnce:
        deploy:
          steps:
          - bash: echo $$ >> $(folder)/started; until test -e $(folder)/go; do sleep 0.05; done
`;
const environments = 'production: { checks: [ { type: exclusiveLock } ] }\n';
const given = ['--environments', 'environments.yml'];

function start(project: Project): Started {
  return project.start('run', ...given, '--variable', `folder=${project.folder}`);
}

/** How many deployments have begun. */
function begun(project: Project): number {
  if (!readdirSync(project.folder).includes('started')) return 0;
  return project.read('started').split('\n').length - 1;
}

async function waits(run: number, started: Started): Promise<void> {
  let said = '';
  started.process.stdout.on('data', (text: string) => {
    said += text;
  });
  await until(() => said.includes(`which run ${run} has`));
}

describe('an exclusive lock between runs', () => {
  test('runLatest: of those that wait the latest goes on, the others are canceled', async () => {
    const project = new Project({
      'azure-pipelines.yml': release,
      'environments.yml': environments,
    });
    const first = start(project);
    await until(() => begun(project) === 1);
    const second = start(project);
    await waits(1, second);
    const third = start(project);
    const gone = await second.ended;
    expect(gone.stdout).toContain("stage 'Prod' gives way to a later run at a lock");
    expect(gone.stdout).toMatch(/result +canceled/);
    project.write('go', '');
    expect([(await first.ended).code, gone.code, (await third.ended).code]).toEqual([0, 1, 0]);
    expect(begun(project)).toBe(2);
  }, 90_000);
});
