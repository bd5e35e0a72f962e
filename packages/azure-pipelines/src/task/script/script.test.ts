import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findProgram } from '../program.ts';
import { withStep } from '../testing.fixture.ts';
import { bash } from './bash.ts';
import { cmdLine } from './cmd-line.ts';
import { powerShell } from './power-shell.ts';
import { pythonScript } from './python-script.ts';

describe('script steps', () => {
  it('run their text in the default working directory', () =>
    withStep(async (step) => {
      const outcome = await step.run(cmdLine, { script: 'pwd; echo "two words"' });
      expect(outcome).toEqual({ result: 'succeeded' });
      expect(step.lines.slice(-2)).toEqual([step.folders.workingDirectory, 'two words']);
    }));

  it('row 15.25: only the last command counts, as there is no `set -e`', () =>
    withStep(async (step) => {
      const inputs = { targetType: 'inline', script: 'false\necho hi' };
      expect((await step.run(bash, inputs)).result).toBe('succeeded');
      expect(step.lines.at(-1)).toBe('hi');
    }));

  it('row 15.7: a macro without a value is a command of the shell, and the script goes on', () =>
    withStep(async (step) => {
      const script = 'echo "$(missing)"; echo after';
      expect((await step.run(cmdLine, { script })).result).toBe('succeeded');
      expect(step.log).toContain('missing: command not found');
      expect(step.lines).toContain('after');
    }));

  it.each([
    [cmdLine, { script: 'exit 3' }],
    [bash, { targetType: 'inline', script: 'exit 3' }],
  ])('fail with the exit code', (task, inputs) =>
    withStep(async (step) => {
      const message = "Bash exited with code '3'.";
      expect(await step.run(task, inputs)).toEqual({ result: 'failed', message });
    }),
  );

  it('fail for a line on stderr only where asked to', () =>
    withStep(async (step) => {
      const script = 'echo oops >&2';
      expect((await step.run(cmdLine, { script })).result).toBe('succeeded');
      const strict = await step.run(cmdLine, { script, failOnStderr: 'true' });
      expect(strict.message).toBe('Bash wrote one or more lines to the standard error stream.');
    }));

  it('show a script of one line, but never one with a command in it', () =>
    withStep(async (step) => {
      await step.run(cmdLine, { script: 'true # seen' });
      expect(step.lines).toContain('true # seen');
      await step.run(cmdLine, { script: 'true "##vso[task.setvariable variable=x]1"' });
      expect(step.log).not.toContain('##vso');
    }));

  it('name the working directory that is not there', () =>
    withStep(async (step) => {
      const { message } = await step.run(cmdLine, { script: 'true', workingDirectory: 'nowhere' });
      expect(message).toContain(join(step.folders.workingDirectory, 'nowhere'));
    }));

  it('an empty script does nothing', () =>
    withStep(async (step) => {
      expect((await step.run(cmdLine, {})).result).toBe('succeeded');
    }));
});

describe('Bash from a file', () => {
  it('runs it with arguments that are text of the shell', () =>
    withStep(async (step) => {
      const folder = join(step.folders.sources, "a 'quoted' folder");
      await mkdir(folder, { recursive: true });
      await writeFile(join(folder, 'show.sh'), 'for word in "$@"; do echo "[$word]"; done');
      const filePath = "a 'quoted' folder/show.sh";
      step.environment.NAME = 'world';
      await step.run(bash, { filePath, arguments: '-a "two words" $NAME' });
      expect(step.lines.slice(-3)).toEqual(['[-a]', '[two words]', '[world]']);
    }));

  it('names the file that is not there', () =>
    withStep(async (step) => {
      const { message } = await step.run(bash, { filePath: 'none.sh' });
      expect(message).toContain('none.sh');
    }));
});

describe('PythonScript', () => {
  it('runs a file with its arguments', () =>
    withStep(async (step) => {
      await writeFile(join(step.folders.sources, 'show.py'), 'import sys\nprint(sys.argv[1:])');
      const inputs = { scriptPath: 'show.py', arguments: '--alpha "0.4 or so" x' };
      step.environment.PYENV_VERSION = process.env.PYENV_VERSION ?? '';
      step.environment.HOME = process.env.HOME ?? '';
      const outcome = await step.run(pythonScript, inputs);
      // A machine without Python says what to do.
      if (outcome.result === 'failed') expect(outcome.message).toContain('Install Python 3');
      else expect(step.lines.at(-1)).toBe("['--alpha', '0.4 or so', 'x']");
    }));
});

describe('PowerShell', () => {
  it('runs where it is installed, and elsewhere says how to go on', () =>
    withStep(async (step) => {
      const inputs = { targetType: 'inline', script: 'Write-Host "hello"', pwsh: 'true' };
      const outcome = await step.run(powerShell, inputs);
      if (findProgram('pwsh', step.environment) === undefined) {
        expect(outcome.message).toContain('Install PowerShell 7');
      } else expect(step.lines.at(-1)).toBe('hello');
    }));

  it('hands its shell an order over a file that stops at errors', () =>
    withStep(async (step) => {
      // A stand-in for the program shows what it is given.
      const tools = join(step.root, 'bin');
      await mkdir(tools);
      const show = '#!/bin/bash\necho "$1 $2 $3"; eval "set -- ${5#. }"; cat "$1"';
      await writeFile(join(tools, 'pwsh'), show, { mode: 0o755 });
      step.environment.PATH = `${tools}:${step.environment.PATH}`;
      await step.run(powerShell, { targetType: 'inline', script: 'throw "x"' });
      expect(step.log).toContain('-NoLogo -NoProfile -NonInteractive');
      expect(step.log).toContain("$errorActionPreference = 'stop'");
      expect(step.log).toContain('exit $LASTEXITCODE');
    }));
});
