// Agents from the command line: a machine that comes for the jobs of its pool, and runs them with all
// that they need. Real processes, real git.
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { filesBelow } from '@ridgeline/azure-pipelines';
import { type Agent, type Build, RidgelineClient } from '@ridgeline/client';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { AgentLab, jobOf, linesOf } from './agent-lab.ts';
import { until } from './agent-process.ts';
import { ridgeline } from './cli.ts';

let lab: AgentLab;

beforeEach(async () => {
  lab = await AgentLab.make();
});

afterEach(() => lab.dispose());

test('it registers itself once, and runs the jobs of its pool with all that they need', async () => {
  const server = await lab.serve();
  const client = new RidgelineClient(server);
  await lab.define(
    client,
    `
jobs:
- job: Make
  pool: { name: GPU, demands: [ "kind -equals big", git ] }
  steps:
  - bash: |
      cat source.txt; echo "key $(key)"; echo "key $KEY" | rev | rev
      mkdir -p out/deep; echo model > out/deep/model.txt; printf '#!/bin/sh\\necho ran' > out/tool; chmod +x out/tool
      ln -s deep/model.txt out/link.txt
      echo "##vso[task.setvariable variable=size;isOutput=true]42"
      echo "##vso[build.addbuildtag]good"
      echo "##vso[build.updatebuildnumber]made-elsewhere"
      echo '<coverage line-rate="0.5" branch-rate="0" lines-covered="1" lines-valid="2" branches-covered="0" branches-valid="0" version="1" timestamp="1"><packages/></coverage>' > coverage.xml
      echo "# made" > summary.md; echo "##vso[task.uploadsummary]$PWD/summary.md"
      echo '<testsuite name="s"><testcase name="a" classname="c"/></testsuite>' > tests.xml
    name: make
    displayName: make
    env: { KEY: $(key) }
  - publish: out
    artifact: model
  - task: PublishCodeCoverageResults@2
    inputs: { summaryFileLocation: coverage.xml }
  - task: PublishTestResults@2
    inputs: { testResultsFiles: tests.xml }
- job: Here
  dependsOn: Make
  pool: { vmImage: ubuntu-latest }
  steps:
  - checkout: none
  - download: current
    artifact: model
  - { bash: '"$(Pipeline.Workspace)/model/tool"', displayName: tool }
- job: Again
  dependsOn: [ Make, Here ]
  pool: gpu
  variables: { size: "$[ dependencies.Make.outputs['make.size'] ]" }
  steps:
  - checkout: none
  - download: current
    artifact: model
  - bash: cd "$(Pipeline.Workspace)/model"; cat link.txt; ./tool; echo "size $(size) on $(Agent.Name)"
    displayName: use
`,
  );
  const owner = { RIDGELINE_TOKEN: server.token };
  const at = ['--server', server.url];
  const first = await lab.agent([...at, '--pool', 'gpu', '--name', 'build-2'], owner);
  expect(await first.stop()).toBe(0);
  expect((await stat(path.join(lab.agentFolder, 'agent.json'))).mode & 0o777).toBe(0o600);
  // Later it needs no token of an owner.
  await lab.agent(['--slots', '2', '--capability', 'kind=Big']);
  const build: Build = await lab.run('build', 'create', 'CI', '--wait');
  expect(build).toMatchObject({
    result: 'succeeded',
    tags: ['good'],
    tests: [{ total: 1, passed: 1 }],
    coverage: [{ linePercent: 50 }],
  });
  expect(build.buildNumber).toContain('made-elsewhere');
  expect(['Make', 'Here', 'Again'].map((job) => jobOf(build, job).agent)).toEqual([
    'build-2',
    null,
    'build-2',
  ]);
  const made = await linesOf(client, build, 'Make', 'make');
  expect(made).toContain('the source');
  expect(made.filter((line) => line === 'key ***')).toHaveLength(2);
  expect(made.join('\n')).not.toContain('hunter2');
  expect(await linesOf(client, build, 'Here', 'tool')).toContain('ran');
  const used = await linesOf(client, build, 'Again', 'use');
  expect(used).toEqual(expect.arrayContaining(['model', 'ran', 'size 42 on build-2']));
  const output = path.join(lab.folder, 'out');
  await lab.run('build', 'artifacts', 'download', build.id, '--output', output);
  expect(await readFile(path.join(output, 'model/deep/model.txt'), 'utf8')).toBe('model\n');
  const shown: Agent = await lab.run('agent', 'show', 'build-2');
  expect(shown).toMatchObject({ state: 'online', slots: 2, capabilities: { kind: 'Big' } });
  const summaries = path.join(lab.workspace, 'delivery', 'builds', build.id, 'attachments');
  expect(await filesBelow(summaries)).toEqual([expect.stringMatching(/^summary\/.*summary\.md$/)]);
  const wrong = await ridgeline(['agent', 'start', '--folder', lab.agentFolder, '--pool', 'x']);
  expect(wrong).toMatchObject({
    exitCode: 1,
    stderr: expect.stringContaining('AGENT_FOLDER_TAKEN'),
  });
}, 60_000);

test('a job waits with its reason for an agent, and is canceled there; what always runs still does', async () => {
  const server = await lab.serve();
  const client = new RidgelineClient(server);
  await lab.define(
    client,
    `
pool: gpu
steps:
- checkout: none
- bash: ${lab.gate}
  displayName: wait
- { bash: echo cleaned, displayName: clean, condition: always() }
`,
  );
  const made = await lab.run('agent', 'create', 'build-2', '--pool', 'gpu');
  const queued: Build = await lab.run('build', 'create', 'CI');
  await until('the job waits', async () => {
    const { stdout } = await ridgeline(['build', 'show', queued.id, '-w', lab.workspace]);
    return stdout.includes('waits for an agent of pool gpu: none is online') || undefined;
  });
  await lab.run('agent', 'disable', 'build-2');
  expect(jobOf(await client.builds.get(queued.id), '__default').waitsFor).toMatch(/is disabled/);
  await lab.run('agent', 'enable', 'build-2');
  const env = { RIDGELINE_AGENT_CREDENTIAL: `rda_${'a'.repeat(43)}` };
  const words = ['agent', 'start', '--server', server.url, '--folder', lab.agentFolder];
  expect(await ridgeline(words, { env })).toMatchObject({
    exitCode: 1,
    stderr: expect.stringContaining('UNAUTHENTICATED'),
  });
  await lab.agent(['--server', server.url], { RIDGELINE_AGENT_CREDENTIAL: made.credential });
  await lab.untilBegun();
  expect((await client.agents.get('build-2')).state).toBe('busy');
  const canceled: Build = await lab.run('build', 'cancel', queued.id);
  expect(canceled).toMatchObject({ status: 'completed', result: 'canceled' });
  expect(await linesOf(client, canceled, '__default', 'clean')).toContain('cleaned');
}, 60_000);
