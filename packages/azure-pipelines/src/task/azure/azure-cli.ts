// AzureCLI: a script with a signed-in `az`.

import { requireProgram } from '../program.ts';
import { announce, type Interpreter, writeScript } from '../script/script-file.ts';
import { connectionValue } from '../service-connection.ts';
import { splitArguments } from '../split-arguments.ts';
import type { AgentTask, TaskContext } from '../task.ts';
import { input, type TaskInput } from '../task-input.ts';
import { failed, succeeded, TaskFailure, type TaskOutcome } from '../task-outcome.ts';
import { workingDirectoryOf } from '../working-directory.ts';
import { type AzureSession, openAzureSession } from './azure-session.ts';

const id = '46e4be58-730b-4389-8a2f-ea10b3e5e815';

const commonInputs: readonly TaskInput[] = [
  input.connection('connectedServiceNameARM', { aliases: ['azureSubscription'], required: true }),
  input.pick('scriptLocation', ['inlineScript', 'scriptPath'], { default: 'scriptPath' }),
  input.path('scriptPath', { required: true, visibleWhen: 'scriptLocation = scriptPath' }),
  input.lines('inlineScript', { required: true, visibleWhen: 'scriptLocation = inlineScript' }),
  input.text('scriptArguments', { aliases: ['arguments', 'args'] }),
  input.flag('addSpnToEnvironment', false),
  input.flag('useGlobalConfig', false),
  input.path('cwd', { aliases: ['workingDirectory'] }),
  input.flag('failOnStandardError', false),
];

export const azureCli1: AgentTask = {
  name: 'AzureCLI',
  ids: [id],
  versions: [0, 1],
  runsOn: 'agent',
  inputs: commonInputs,
  run: (context) => runWithAzure(context, 'bash'),
};

export const azureCli2: AgentTask = {
  name: 'AzureCLI',
  ids: [id],
  versions: [2],
  runsOn: 'agent',
  inputs: [
    ...commonInputs,
    input.pick('scriptType', ['ps', 'pscore', 'batch', 'bash'], { required: true }),
    input.pick('powerShellErrorActionPreference', ['stop', 'continue', 'silentlyContinue'], {
      default: 'stop',
    }),
    input.flag('powerShellIgnoreLASTEXITCODE', false),
    input.flag('visibleAzLogin', true),
    input.flag('keepAzSessionActive', false),
    input.flag('allowNoSubscriptions', false),
  ],
  run: (context) => runWithAzure(context, context.requiredInput('scriptType').toLowerCase()),
};

async function runWithAzure(context: TaskContext, type: string): Promise<TaskOutcome> {
  const interpreter = await interpreterOf(context, type);
  const cwd = await workingDirectoryOf(context, 'cwd');
  const ownFolder = !context.boolInput('useGlobalConfig');
  const options = { ownFolder, takesStandIn: true };
  const session = await openAzureSession(context, 'connectedServiceNameARM', options);
  try {
    const env = { ...session.env, ...principal(context, session), ...quiet(context, session) };
    const { program, args, name } = interpreter;
    const result = await context.run(program, args, { cwd, env });
    if (result.exitCode !== 0) return failed(`${name} exited with code '${result.exitCode}'.`);
    if (result.wroteToStderr && context.boolInput('failOnStandardError')) {
      return failed('The script wrote one or more lines to the standard error stream.');
    }
    return succeeded;
  } finally {
    await session.close();
  }
}

/** What the stand-in says of itself on standard error is no reason to fail. */
function quiet(context: TaskContext, { isStandIn }: AzureSession): Record<string, string> {
  const isStrict = isStandIn && context.boolInput('failOnStandardError');
  return isStrict ? { AZURE_CORE_ONLY_SHOW_ERRORS: 'true' } : {};
}

function principal(context: TaskContext, { connection }: AzureSession): Record<string, string> {
  if (!context.boolInput('addSpnToEnvironment')) return {};
  const names = ['servicePrincipalId', 'servicePrincipalKey', 'tenantId', 'idToken'];
  const known = names.map((name) => [name, connectionValue(connection, name)] as const);
  return Object.fromEntries(known.flatMap(([name, value]) => (value ? [[name, value]] : [])));
}

async function interpreterOf(context: TaskContext, type: string): Promise<Interpreter> {
  const extra = splitArguments(context.input('scriptArguments') ?? '');
  if (type === 'bash') {
    const program = requireProgram(context, 'bash', 'Install bash: the script runs in it.');
    return { name: 'Bash', program, args: [await scriptFile(context, 'sh'), ...extra] };
  }
  if (type === 'pscore' || type === 'ps') {
    const next = "Install PowerShell 7, or write the script for bash and set 'scriptType: bash'.";
    const program = requireProgram(context, type === 'ps' ? 'powershell' : 'pwsh', next);
    const args = [
      '-NoLogo',
      '-NoProfile',
      '-NonInteractive',
      '-File',
      await scriptFile(context, 'ps1'),
    ];
    return { name: 'PowerShell', program, args: [...args, ...extra] };
  }
  if (process.platform !== 'win32') {
    throw new TaskFailure(`'scriptType: ${type}' runs on Windows only; take 'bash' or 'pscore'`);
  }
  const args = ['/D', '/S', '/C', await scriptFile(context, 'cmd'), ...extra];
  return { name: 'Cmd.exe', program: 'cmd.exe', args };
}

async function scriptFile(context: TaskContext, ending: string): Promise<string> {
  if (context.input('scriptLocation')?.toLowerCase() !== 'inlinescript') {
    context.requiredInput('scriptPath');
    return context.pathInput('scriptPath') ?? '';
  }
  const script = context.requiredInput('inlineScript');
  announce(context, script);
  return writeScript(
    context,
    ending,
    ending === 'ps1' ? powerShellScript(context, script) : script,
  );
}

function powerShellScript(context: TaskContext, script: string): string {
  const preference = context.input('powerShellErrorActionPreference') ?? 'stop';
  const known = /^(stop|continue|silentlycontinue)$/i.test(preference) ? preference : 'stop';
  const exit = 'if (Test-Path -LiteralPath variable:\\LASTEXITCODE) { exit $LASTEXITCODE }';
  const end = context.boolInput('powerShellIgnoreLASTEXITCODE') ? '' : exit;
  return `\ufeff$ErrorActionPreference = '${known}'\n${script}\n${end}`;
}
