import { cp, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compilePipeline } from '../../compile.ts';
import { formatDiagnostic } from '../../diagnostic/diagnostic.ts';
import { MemoryHost } from '../../execute/memory-host.fixture.ts';
import { run, temporaryFolder } from '../../execute/testing.fixture.ts';
import type { Step } from '../../pipeline/step.ts';
import { builtInRegistry, builtInTasks } from '../built-in-tasks.ts';

// From the text of a file to files on disk: where downloads land, as CONFORMANCE.md has it.

const tasks = builtInTasks.filter((one) => one.name !== 'Bash' && one.name !== 'CmdLine');

/** The steps of the only job, or of its `deploy` hook. */
async function stepsOf(yaml: string): Promise<readonly Step[]> {
  const source = { read: async () => yaml };
  const { pipeline, diagnostics } = await compilePipeline({
    file: 'azure-pipelines.yml',
    source,
    tasks: builtInRegistry(),
  });
  expect(diagnostics.map(formatDiagnostic)).toEqual([]);
  const job = pipeline?.stages[0]?.jobs[0];
  return job?.deployment?.hooks.deploy?.steps ?? job?.steps ?? [];
}

/** A host with the artifact `drop`, which holds `model.json`. */
async function hostWithDrop(): Promise<MemoryHost> {
  const folder = await temporaryFolder();
  await mkdir(join(folder, 'drop'));
  await writeFile(join(folder, 'drop', 'model.json'), '{}');
  const host = new MemoryHost();
  Object.assign(host.artifacts, {
    list: async () => ['drop'],
    download: async (name: string, into: string) => {
      await cp(join(folder, name), into, { recursive: true });
      return { files: 1 };
    },
  });
  return host;
}

const list =
  'cd "$(Pipeline.Workspace)"; find . -name model.json; echo "sources: $(ls -A "$(Build.SourcesDirectory)")"';

async function outputOf(yaml: string): Promise<readonly string[]> {
  const steps = await stepsOf(yaml);
  const { output, finished } = await run(steps, { tasks, host: await hostWithDrop() });
  expect(finished.result).toBe('succeeded');
  return output(steps.length - 1);
}

describe('where downloads land', () => {
  it('row 15.31: a deployment job has no sources, and the artifacts without asking', async () => {
    const yaml = `
jobs:
- deployment: Release
  environment: abtestenv
  strategy:
    runOnce:
      deploy:
        steps:
        - bash: '${list}'
`;
    const steps = await stepsOf(yaml);
    expect(steps.map((step) => step.task.name)).not.toContain('Checkout');
    expect(await outputOf(yaml)).toEqual(['./drop/model.json', 'sources: ']);
  });

  it('row 14.23: a deployment that declines the download gets none', async () => {
    const yaml = `
jobs:
- deployment: Release
  environment: abtestenv
  strategy:
    runOnce:
      deploy:
        steps:
        - download: none
        - bash: '${list}'
`;
    expect(await outputOf(yaml)).toEqual(['sources: ']);
  });

  it('row 15.32: `download: current` with an artifact puts it into a folder of its name', async () => {
    const yaml = `
steps:
- checkout: none
- download: current
  artifact: drop
- bash: '${list}'
`;
    expect(await outputOf(yaml)).toEqual(['./drop/model.json', 'sources: ']);
  });

  it('row 15.33: the task with an artifact and a path puts its files right there', async () => {
    const yaml = `
steps:
- checkout: none
- task: DownloadPipelineArtifact@2
  inputs: { artifact: drop, path: $(Pipeline.Workspace)/X }
- bash: '${list}'
`;
    expect(await outputOf(yaml)).toEqual(['./X/model.json', 'sources: ']);
  });
});
