// PowerShell 7, or Windows PowerShell where asked for and there: errors stop the script, and the
// last program's exit code is the script's.

import { findProgram, requireProgram } from '../program.ts';
import type { AgentTask, TaskContext } from '../task.ts';
import { input } from '../task-input.ts';
import { TaskFailure } from '../task-outcome.ts';
import { announce, runScript, scriptPath, scriptSource, writeScript } from './script-file.ts';

const preferences = ['default', 'stop', 'continue', 'silentlyContinue'] as const;

export const powerShell: AgentTask = {
  name: 'PowerShell',
  ids: ['e213ff0f-5d5c-4791-802d-52ea3e7be1f1'],
  versions: [2],
  runsOn: 'agent',
  inputs: [
    ...scriptSource,
    input.pick('errorActionPreference', preferences, { default: 'stop' }),
    input.pick('warningPreference', preferences, { default: 'default' }),
    input.pick('informationPreference', preferences, { default: 'default' }),
    input.pick('verbosePreference', preferences, { default: 'default' }),
    input.pick('debugPreference', preferences, { default: 'default' }),
    input.pick('progressPreference', preferences, { default: 'silentlyContinue' }),
    input.flag('failOnStderr', false),
    input.flag('showWarnings', false),
    input.flag('ignoreLASTEXITCODE', false),
    input.flag('pwsh', false),
    input.path('workingDirectory'),
    input.flag('runScriptInSeparateScope', false),
  ],
  async run(context) {
    const program = shellOf(context);
    const body = await bodyOf(context);
    const file = await writeScript(context, 'ps1', `\ufeff${wrap(context, body)}`);
    announce(context, body);
    const scope = context.boolInput('runScriptInSeparateScope') ? '&' : '.';
    const order = `${scope} '${file.replaceAll("'", "''")}'`;
    const args = ['-NoLogo', '-NoProfile', '-NonInteractive', '-Command', order];
    return runScript(context, { name: 'PowerShell', program, args });
  },
};

function shellOf(context: TaskContext): string {
  const windows = process.platform === 'win32' && !context.boolInput('pwsh');
  const classic = windows ? findProgram('powershell', context.env) : undefined;
  return (
    classic ??
    requireProgram(context, 'pwsh', 'Install PowerShell 7, or write the step as `bash:`.')
  );
}

async function bodyOf(context: TaskContext): Promise<string> {
  if (context.input('targetType')?.toLowerCase() === 'inline') return context.input('script') ?? '';
  const file = await scriptPath(context, 'filePath');
  if (!/\.ps1$/i.test(file)) throw new TaskFailure(`'filePath' is '${file}'; expected a .ps1 file`);
  return `. '${file.replaceAll("'", "''")}' ${context.input('arguments') ?? ''}`.trimEnd();
}

function wrap(context: TaskContext, body: string): string {
  const lines = ['errorAction', 'warning', 'information', 'verbose', 'debug', 'progress'].flatMap(
    (name) => preference(context, `${name}Preference`),
  );
  lines.push(body);
  if (!context.boolInput('ignoreLASTEXITCODE')) {
    lines.push('if (Test-Path -LiteralPath variable:\\LASTEXITCODE) { exit $LASTEXITCODE }');
  }
  return lines.join('\n');
}

function preference(context: TaskContext, name: string): string[] {
  const value = context.input(name)?.toLowerCase();
  // The value becomes code, so that only known words do.
  const known = preferences.find((one) => one.toLowerCase() === value);
  return known === undefined || known === 'default' ? [] : [`$${name} = '${known}'`];
}
