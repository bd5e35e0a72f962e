import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type TestStep, withStep } from '../testing.fixture.ts';
import { dotNetCoreCli, useDotNet } from './dot-net.ts';
import { maven } from './maven.ts';
import { npm } from './npm.ts';
import { nuGetCommand } from './nu-get.ts';
import { nodeTool, useNode } from './use-node.ts';
import { usePythonVersion } from './use-python-version.ts';
import { bestVersion } from './version-spec.ts';

async function install(step: TestStep, path: string, script = ''): Promise<void> {
  const file = join(step.root, path);
  await mkdir(join(file, '..'), { recursive: true });
  await writeFile(file, `#!/bin/bash\n${script}\n`);
  await chmod(file, 0o755);
}

describe('versions', () => {
  const versions = ['3.8.2', '3.9.18', '3.12.1', '3.13.0-rc.1', '18.20.4'];
  it.each([
    ['3.x', '3.12.1'],
    ['3.9', '3.9.18'],
    ['>=3.8 <3.12', '3.9.18'],
    ['3.8.2', '3.8.2'],
    ['3.7', undefined],
    ['latest', '18.20.4'],
    ['lts/*', '18.20.4'],
    ['v18', '18.20.4'],
    ['3.13.0-rc.1', '3.13.0-rc.1'],
    ['nonsense', undefined],
  ])('%s is %s', (spec, best) => {
    expect(bestVersion(versions, spec)).toBe(best);
  });

  it('short versions count as whole ones', () => {
    expect(bestVersion(['3.9', '3.10'], '3.x')).toBe('3.10');
  });
});

describe('UsePythonVersion', () => {
  it('takes the best of the tool folder and of pyenv, and puts it on PATH', () =>
    withStep(async (step) => {
      step.environment.PATH = '';
      await install(step, '_work/_tool/Python/3.8.1/x64/bin/python');
      await install(step, '.pyenv/versions/3.9.7/bin/python');
      const outcome = await step.run(usePythonVersion, { versionSpec: '3.x' });
      expect(outcome).toEqual({ result: 'succeeded' });
      const folder = join(step.root, '.pyenv/versions/3.9.7/bin');
      expect(step.set.get('pythonLocation')).toBe(folder);
      expect(step.setOptions.get('pythonLocation')).toEqual({ output: true });
      expect(step.lines).toContain(`##vso[task.prependpath]${folder}`);
      await step.run(usePythonVersion, { versionSpec: '3.8', addToPath: 'false' });
      expect(step.log).toContain('Found Python 3.8.1');
    }));

  it('gives a machine that has only `python3` the name that scripts call', () =>
    withStep(async (step) => {
      await install(step, 'bin/python3', 'echo "Python 3.11.4"');
      step.environment.PATH = join(step.root, 'bin');
      await step.run(usePythonVersion);
      const folder = step.set.get('pythonLocation') ?? '';
      const result = await step
        .context(usePythonVersion, {})
        .run(join(folder, 'python'), ['--version'], {
          capture: true,
          env: { PATH: '/usr/bin:/bin' },
        });
      expect(result.stdout).toBe('Python 3.11.4\n');
    }));

  it('tells which versions there are when none fits', () =>
    withStep(async (step) => {
      step.environment.PATH = '';
      await install(step, '.pyenv/versions/3.9.7/bin/python');
      const { message } = await step.run(usePythonVersion, { versionSpec: '2.7' });
      expect(message).toContain("fits '2.7'. Installed: 3.9.7.");
    }));
});

describe('UseNode and NodeTool', () => {
  it('take one of the version manager, or of a file that names it', () =>
    withStep(async (step) => {
      step.environment.PATH = '';
      await install(step, '.nvm/versions/node/v20.1.0/bin/node');
      await install(step, '.nvm/versions/node/v18.3.0/bin/node');
      await step.run(useNode, { version: '20.x' });
      expect(step.log).toContain('Found Node.js 20.1.0');
      await step.put({ '.nvmrc': 'v18\n' });
      await step.run(nodeTool, { versionSource: 'fromFile', versionFilePath: '.nvmrc' });
      expect(step.log).toContain('Found Node.js 18.3.0');
    }));
});

describe('build programs', () => {
  it('npm installs, or does what it is told', () =>
    withStep(async (step) => {
      await step.addProgram('npm', 'pwd');
      await step.put({ 'web/package.json': '{}' });
      await step.run(npm, { workingDir: 'web' });
      await step.run(npm, { command: 'custom', customCommand: 'run build -- --mode "a b"' });
      expect(await step.calls()).toEqual(['npm install', 'npm run build -- --mode a b']);
      expect(step.lines).toContain(join(step.folders.sources, 'web'));
    }));

  it('maven runs its goals and publishes the results even when they fail', () =>
    withStep(async (step) => {
      await step.addProgram('mvn', 'exit 1');
      await step.put({
        'target/surefire-reports/TEST-a.xml':
          '<testsuite><testcase name="a"><failure/></testcase></testsuite>',
      });
      const { message } = await step.run(maven, { goals: 'clean verify', options: '-DskipITs' });
      expect(message).toBe("'mvn' exited with code 1");
      const pom = join(step.folders.sources, 'pom.xml');
      expect(await step.calls()).toEqual([`mvn -B -f ${pom} -DskipITs clean verify`]);
      expect(step.testRuns[0]?.cases).toHaveLength(1);
    }));

  it('dotnet runs a command for each project, and publishes what tests leave', () =>
    withStep(async (step) => {
      await step.addProgram(
        'dotnet',
        'echo "<TestRun><Results><UnitTestResult testName=\\"t\\" outcome=\\"Passed\\"/></Results></TestRun>" > "$6/r.trx"',
      );
      await mkdir(join(step.folders.temp, 'dotnet-test-results'));
      await step.put({ 'a/a.csproj': '', 'b/b.csproj': '' });
      const inputs = { command: 'test', projects: '**/*.csproj', arguments: '-c Release' };
      expect(await step.run(dotNetCoreCli, inputs)).toEqual({ result: 'succeeded' });
      expect(await step.calls()).toHaveLength(2);
      expect((await step.calls())[0]).toMatch(
        /^dotnet test .*a\.csproj --logger trx .* -c Release$/,
      );
      expect(step.testRuns[0]).toMatchObject({ format: 'VSTest', cases: [{ outcome: 'passed' }] });
    }));

  it('NuGet commands are dotnet where there is no nuget', () =>
    withStep(async (step) => {
      step.environment.PATH = '/usr/bin:/bin';
      await step.addProgram('dotnet');
      await step.put({ 'a.sln': '', 'out/x.nupkg': '' });
      await step.run(nuGetCommand, {});
      const push = { command: 'push', packagesToPush: 'out/*.nupkg', arguments: '--source feed' };
      await step.run(nuGetCommand, push);
      const { sources } = step.folders;
      expect(await step.calls()).toEqual([
        `dotnet restore ${sources}/a.sln`,
        `dotnet nuget push ${sources}/out/x.nupkg --source feed`,
      ]);
    }));

  it('an SDK that is not installed is told with those that are', () =>
    withStep(async (step) => {
      await step.addProgram('dotnet', 'echo "8.0.100 [/usr/share/dotnet/sdk]"');
      expect((await step.run(useDotNet, { version: '8.x' })).result).toBe('succeeded');
      expect((await step.run(useDotNet, { version: '6.x' })).message).toContain(
        'Installed: 8.0.100',
      );
    }));
});
