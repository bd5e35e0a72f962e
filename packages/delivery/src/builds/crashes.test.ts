// The server of a build is killed: the next one tells the build as it truly is, and takes it to its
// end. Real processes, real kills.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { BuildLab, grace, resultsOf, stepOf } from './test/build-lab.ts';
import { until } from './test/until.ts';

let lab: BuildLab;
const environment = () => ({ PATH: process.env.PATH ?? '' });

beforeEach(async () => {
  lab = await BuildLab.make();
});

afterEach(() => lab.dispose());

/** Steps get no variable that the other process is not told of: files are named in the script. */
const quoted = (name: string) => `'${lab.file(name).replaceAll("'", "'\\''")}'`;

test('what ran has failed, nothing of it is left running, and always() goes on', async () => {
  await lab.open();
  await lab.define(`
jobs:
- job: first
  steps:
  - { checkout: none }
  - bash: echo "##vso[task.setvariable variable=x;isOutput=true]$((6 * 7))"
    name: s
- job: long
  dependsOn: first
  steps:
  - { checkout: none }
  - { bash: echo before, displayName: before }
  - bash: |
      echo $$ > ${quoted('pid')}
      sleep 600
    displayName: sleep
  - { bash: echo never, displayName: never }
- job: next
  dependsOn: long
  steps: [{ bash: echo next }]
- job: last
  dependsOn: [first, long]
  condition: always()
  variables: { x: "$[ dependencies.first.outputs['s.x'] ]" }
  steps:
  - { checkout: none }
  - { bash: 'echo x is $(x)', displayName: say }
`);
  await lab.close();
  await lab.killWhen('pid');
  const { engine, errors } = await lab.open({ environment });
  const build = await engine.waitFor('1');
  expect(build).toMatchObject({ status: 'completed', result: 'failed' });
  expect(resultsOf(build)).toEqual({
    '__default.first': 'succeeded',
    '__default.long': 'failed',
    '__default.next': 'skipped',
    '__default.last': 'succeeded',
  });
  const long = build.stages[0]?.jobs.find(({ job }) => job === 'long');
  expect(long?.problem).toMatch(/the server ended while the job ran/);
  expect(stepOf(build, 'before').result).toBe('succeeded');
  expect(stepOf(build, 'sleep')).toMatchObject({ result: 'failed', errorCount: 1 });
  expect(stepOf(build, 'sleep').endedAt).not.toBeNull();
  expect(stepOf(build, 'never').result).toBe('skipped');
  expect(await lab.logOf(build, 'before')).toContain('before');
  expect(await lab.logOf(build, 'say')).toContain('x is 42');
  const pid = Number(await lab.readFile('pid'));
  await until('the step has ended', () => !isAlive(pid));
  expect(errors).toEqual([]);
});

test('steps that run always or after a failure run, with all that those before have left', async () => {
  await lab.open();
  await lab.define(`
jobs:
- job: deploy
  steps:
  - bash: |
      echo "##vso[task.setvariable variable=server]db-7"
      echo "##vso[task.setvariable variable=key;issecret=true]hunter2-secret"
      echo "##vso[task.setsecret]whispered-secret"
      mkdir -p tools && printf '#!/bin/sh\\necho tool found\\n' > tools/mytool && chmod +x tools/mytool
      echo "##vso[task.prependpath]$PWD/tools"
    displayName: prepare
  - bash: |
      echo half > half-done.txt
      touch ${quoted('at')}
      sleep 600
    displayName: migrate
  - { bash: echo never, displayName: never }
  - bash: |
      echo "roll back $(server) with $SECRET and whispered-secret in $(Agent.JobStatus)"
      cat half-done.txt; mytool; echo x >> ${quoted('cleaned')}
    env: { SECRET: $(key) }
    condition: always()
    displayName: clean up
  - { bash: echo alarm, condition: failed(), displayName: alarm }
  - { bash: echo fine, condition: succeeded(), displayName: fine }
`);
  await lab.close();
  await lab.killWhen('at');
  const { engine, errors } = await lab.open({ environment });
  const build = await engine.waitFor('1');
  expect(resultsOf(build)).toEqual({ '__default.deploy': 'failed' });
  const result = (name: string) => stepOf(build, name).result;
  expect(['prepare', 'migrate', 'never', 'clean up', 'alarm', 'fine'].map(result)).toEqual([
    'succeeded',
    'failed',
    'skipped',
    'succeeded',
    'succeeded',
    'skipped',
  ]);
  const log = await lab.logOf(build, 'clean up');
  expect(log).toContain('roll back db-7 with *** and *** in Failed');
  expect(log).toContain('half');
  expect(log).toContain('tool found');
  expect(stepOf(build, 'migrate').issues[0]?.message).toContain('the server ended');
  expect(errors).toEqual([]);
});

test('a step that runs always and is cut off itself does not run twice', async () => {
  await lab.open();
  await lab.define(`
steps:
- { checkout: none }
- bash: |
    touch ${quoted('first')}
    sleep 600
- bash: |
    echo x >> ${quoted('cleaned')}
    touch ${quoted('second')}
    sleep 600
  condition: always()
  displayName: clean up
- { bash: echo told, condition: always(), displayName: tell }
`);
  await lab.close();
  await lab.killWhen('first');
  await lab.killWhen('second');
  const { engine } = await lab.open({ environment });
  const build = await engine.waitFor('1');
  expect(build.result).toBe('failed');
  expect(stepOf(build, 'clean up').result).toBe('failed');
  expect(stepOf(build, 'tell').result).toBe('succeeded');
  expect(await lab.readFile('cleaned')).toBe('x\n');
});

test('what has failed so can be run again', async () => {
  await lab.open();
  await lab.define(`
steps:
- { checkout: none }
- bash: |
    [ -e ${quoted('pid')} ] && exit 0
    echo $$ > ${quoted('pid')}
    sleep 600
`);
  await lab.close();
  await lab.killWhen('pid');
  const { engine } = await lab.open({ environment });
  expect(await engine.waitFor('1')).toMatchObject({ result: 'failed' });
  await engine.rerun('1');
  expect(await engine.waitFor('1')).toMatchObject({ result: 'succeeded', attempt: 2 });
});

test('a job that waited for an agent has not failed: it runs', async () => {
  await lab.open();
  await lab.define(`
jobs:
- job: holds
  steps:
  - { checkout: none }
  - bash: |
      touch ${quoted('at')}
      sleep 600
- job: waits
  steps: [{ checkout: none }, { bash: echo ran, displayName: say }]
`);
  await lab.close();
  await lab.killWhen('at');
  const { engine } = await lab.open({ environment });
  const build = await engine.waitFor('1');
  expect(resultsOf(build)).toEqual({ '__default.holds': 'failed', '__default.waits': 'succeeded' });
  expect(await lab.logOf(build, 'say')).toContain('ran');
});

test('a task that asks a person asks on', async () => {
  await lab.open();
  await lab.define(`
jobs:
- job: ask
  pool: server
  steps: [{ task: ManualValidation@1, inputs: { notifyUsers: '', instructions: 'Sure?' } }]
- job: mark
  steps:
  - { checkout: none }
  - bash: touch ${quoted('at')}
- job: after
  dependsOn: [ask, mark]
  steps: [{ checkout: none }, { bash: echo after }]
`);
  await lab.close();
  await lab.killWhen('at');
  const { engine } = await lab.open({ environment });
  await lab.untilWaiting('1', '__default');
  const { approvals } = await engine.builds.get('1');
  expect(approvals).toHaveLength(1);
  await engine.approve('1', '__default', grace);
  const build = await engine.waitFor('1');
  expect(resultsOf(build)['__default.ask']).toBe('succeeded');
});

test('one that is killed again and again, each time a little later, is true in the end', async () => {
  await lab.open();
  await lab.define(`
jobs:
- job: a
  steps: [{ checkout: none }, { bash: echo a >> ${quoted('ran')}, displayName: write }]
- job: b
  dependsOn: a
  condition: always()
  steps: [{ checkout: none }, { bash: echo b >> ${quoted('ran')}, displayName: write }]
`);
  await lab.close();
  let lives = 0;
  for (let point = 3; !(await lab.runTo(point)); point += 3) lives += 1;
  // Where the database outlives its client, the write that it was killed in may be kept.
  const outlives = process.env.RIDGELINE_DATABASE !== undefined;
  expect(lives).toBeGreaterThan(outlives ? 1 : 2);
  const { engine, errors } = await lab.open();
  const build = await engine.waitFor('1');
  expect(build.status).toBe('completed');
  const ran = await lab.readFile('ran').catch(() => '');
  for (const job of build.stages.flatMap((stage) => stage.jobs)) {
    const times = ran.split('\n').filter((line) => line === job.job).length;
    // Of a job that was cut off, only what it had done by then; of no job anything twice.
    if (job.result === 'succeeded') expect(times).toBe(1);
    else expect([job.result, times <= 1]).toEqual(['failed', true]);
  }
  expect(errors).toEqual([]);
});

test('a server that is told to end leaves its jobs as one that is killed', async () => {
  const first = await lab.open({ environment });
  await lab.define(`
jobs:
- job: long
  steps:
  - { checkout: none }
  - bash: |
      touch ${quoted('at')}
      sleep 600
  - { bash: touch ${quoted('tidied')}, condition: always() }
- { job: last, dependsOn: long, condition: always(), steps: [{ checkout: none }, { bash: echo last }] }
`);
  await first.engine.queue({ pipeline: 'ci' });
  await until('it sleeps', () => lab.hasFile('at'));
  await lab.close();
  expect(await lab.hasFile('tidied')).toBe(true);
  const { engine } = await lab.open({ environment });
  expect(resultsOf(await engine.waitFor('1'))).toEqual({
    '__default.long': 'failed',
    '__default.last': 'succeeded',
  });
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
