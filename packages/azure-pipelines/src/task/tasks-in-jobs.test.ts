import { mkdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { script, task } from '../execute/job-run.fixture.ts';
import { MemoryHost } from '../execute/memory-host.fixture.ts';
import { run, temporaryFolder } from '../execute/testing.fixture.ts';
import { builtInTasks } from './built-in-tasks.ts';
import { loadNodeTask } from './node-host/node-task.ts';

// Tasks as steps of real jobs: what they log is obeyed, what they set reaches the next steps.

const library = createRequire(import.meta.url).resolve('azure-pipelines-task-lib/task');

async function nodeTaskFolder(main: string, manifest: object = {}): Promise<string> {
  const folder = join(await temporaryFolder(), 'Own');
  await mkdir(folder);
  const handler = (target: string) => ({ Node20_1: { target } });
  const json = {
    name: 'Own',
    version: { Major: 1 },
    inputs: [{ name: 'text', type: 'string', required: true }],
    execution: handler('main.js'),
    ...manifest,
  };
  await writeFile(join(folder, 'task.json'), JSON.stringify(json));
  const start = `const tl = require(${JSON.stringify(library)});\n`;
  await writeFile(join(folder, 'main.js'), start + main);
  await writeFile(
    join(folder, 'part.js'),
    `${start}console.log('kept: ' + tl.getTaskVariable('kept'));`,
  );
  return folder;
}

describe('a Node task in a job', () => {
  it('gives variables and outputs to the steps after it', async () => {
    const main = `tl.setVariable('plain', tl.getInput('text', true));
      tl.setVariable('Named', 'n'); tl.setVariable('hush', 's3cret', true);`;
    const folder = await nodeTaskFolder(main, { OutputVariables: [{ name: 'named' }] });
    const { finished, output } = await run(
      [
        task('Own@1', { text: 'hello $(who)' }, { name: 'own' }),
        script('echo "$(plain)|$(own.Named)|$(Named)|$(hush)"'),
      ],
      { tasks: [await loadNodeTask(folder)], job: { variables: { who: 'world' } } },
    );
    expect(finished.result).toBe('succeeded');
    // A named output stands under its long name only, so that bash is left with the short one.
    expect(output(1).find((line) => line.startsWith('hello'))).toBe('hello world|n||***');
    expect(finished.outputs.get('own.Named')).toBe('n');
  });

  it('fails the step by its result, though its process ends well', async () => {
    const folder = await nodeTaskFolder("tl.setResult(tl.TaskResult.Failed, 'no luck');");
    const { results, log } = await run([task('Own@1', { text: 'x' })], {
      tasks: [await loadNodeTask(folder)],
    });
    expect(results).toEqual(['failed']);
    expect(log.join('\n')).toContain('no luck');
  });

  it('shares its variables with its part after the job', async () => {
    const folder = await nodeTaskFolder("tl.setTaskVariable('kept', 'until the end');", {
      postjobexecution: { Node20_1: { target: 'part.js' } },
    });
    const { log } = await run([task('Own@1', { text: 'x' }), script('echo between')], {
      tasks: [await loadNodeTask(folder)],
    });
    const shown = log.filter((line) => line === 'between' || line.startsWith('kept'));
    expect(shown).toEqual(['between', 'kept: until the end']);
  });

  it('gets a secret variable, which scripts do not get', async () => {
    const folder = await nodeTaskFolder(
      "console.log('length ' + tl.getVariable('my.key').length + ' ' + (process.env.MY_KEY ?? 'not in the environment'));",
    );
    const { log } = await run([task('Own@1', { text: 'x' })], {
      tasks: [await loadNodeTask(folder)],
      job: { variables: { 'my.key': { value: 'abcdef', secret: true } } },
    });
    expect(log).toContain('length 6 not in the environment');
  });
});

describe('built-in tasks in a job', () => {
  const tasks = builtInTasks.filter((one) => one.name !== 'Bash' && one.name !== 'CmdLine');

  it('a published folder is what the step before made', async () => {
    const { host, finished } = await run(
      [
        script(
          'mkdir -p "$(Build.ArtifactStagingDirectory)/model"; echo "{}" > "$(Build.ArtifactStagingDirectory)/model/model.json"',
        ),
        task('PublishPipelineArtifact@1', {
          path: '$(Build.ArtifactStagingDirectory)/model',
          artifact: 'model',
        }),
      ],
      { tasks },
    );
    expect(finished.result).toBe('succeeded');
    expect(host.published).toMatchObject([{ name: 'model' }]);
  });

  it('a key vault gives secrets to the steps after it, masked', async () => {
    const host = new MemoryHost();
    host.vaults.set('vault', new Map([['STORAGE-KEY', 'pa55word']]));
    const { output, results } = await run(
      [
        task('AzureKeyVault@2', { azureSubscription: 'azure', KeyVaultName: 'vault' }),
        script('echo "it is $(STORAGE-KEY)"; echo "<$STORAGE_KEY>"'),
      ],
      { tasks, host },
    );
    expect(results).toEqual(['succeeded', 'succeeded']);
    expect(output(1).filter((line) => /^(it is|<)/.test(line))).toEqual(['it is ***', '<>']);
  });

  it('a path that a task prepends is where later steps look first', async () => {
    const home = await temporaryFolder();
    const folder = join(home, '.nvm/versions/node/v20.1.0/bin');
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'node'), '#!/bin/sh\necho my own node', { mode: 0o755 });
    const { output } = await run([task('UseNode@1', { version: '20.1.0' }), script('node')], {
      tasks,
      options: { environment: { ...process.env, HOME: home, NVM_DIR: join(home, '.nvm') } },
    });
    expect(output(1)).toContain('my own node');
  });

  it('a failed test fails the step with its count', async () => {
    const report = '<testsuite><testcase name=\\"a\\"><failure/></testcase></testsuite>';
    const { results, log } = await run(
      [
        script(`echo "${report}" > unit-testresults.xml`),
        task('PublishTestResults@2', {
          testResultsFiles: '*-testresults.xml',
          failTaskOnFailedTests: 'true',
        }),
      ],
      { tasks },
    );
    expect(results).toEqual(['succeeded', 'failed']);
    expect(log.join('\n')).toContain('1 test(s) failed');
  });

  it('a repository with a path of its own is where later steps work', async () => {
    const { output } = await run(
      [
        script('mkdir -p "$(Pipeline.Workspace)/mine"'),
        task('Checkout@1', { path: 'mine' }),
        script('pwd; echo "$(Build.SourcesDirectory)"'),
      ],
      { tasks },
    );
    const [place = '', sources] = output(2);
    expect(place).toMatch(/\/mine$/);
    expect(sources).toBe(place);
  });

  it('row 15.45: a server task in a job with an agent is refused', async () => {
    const { finished, log } = await run([task('ManualValidation@1', {})], { tasks });
    expect(finished.result).toBe('failed');
    expect(log.join('\n')).toContain('pool: server');
  });
});
