// What a task gets of its step and its job: variables, folders, the log, and processes whose output
// and end are taken care of.

import { isCheckout, type Step } from '../pipeline/step.ts';
import type { ServiceConnection } from '../task/service-connection.ts';
import type { RunOptions, RunResult, TaskRuntime, TaskVariables } from '../task/task.ts';
import type { TaskHost } from '../task/task-host.ts';
import { CapturedOutput } from './captured-output.ts';
import { withChanges } from './endpoint-changes.ts';
import type { JobScope } from './job-scope.ts';
import { runProcess } from './run-process.ts';
import type { StepScope } from './step-scope.ts';

export function taskRuntime(
  scope: StepScope,
  env: Readonly<Record<string, string>>,
  signal: AbortSignal,
): TaskRuntime {
  const { job, step, state } = scope.parts;
  return {
    stepName: step.refName,
    variables: taskVariables(scope),
    env,
    folders: job.settings.folders,
    inContainer: job.containers?.takes(step.target?.container.text) ?? false,
    checkoutCount: job.settings.run.steps.filter(bringsSources).length,
    host: taskHost(job),
    signal,
    state,
    moveSources: (folder) => job.moveSources(folder),
    log: (line) => scope.print(line),
    run: (command, args, options = {}) => runChild({ scope, env, signal, command, args, options }),
  };
}

function bringsSources(step: Step): boolean {
  return isCheckout(step) && step.inputs.get('repository')?.text !== 'none';
}

export function taskVariables(scope: StepScope): TaskVariables {
  const { variables } = scope.parts.job;
  return {
    get: (name) => variables.get(name),
    isSecret: (name) => variables.find(name)?.secret === true,
    names: () => variables.names(),
    addSecret: (value) => scope.addSecret(value),
    set: (name, value, { secret = false, output = false, readOnly = false } = {}) => {
      if (secret) scope.addSecret(value);
      scope.setVariable(name, value, { secret, output, readonly: readOnly, preserveCase: false });
    },
  };
}

/** The host's, with the secrets that a task asks for masked as soon as it has them. */
export function taskHost(job: JobScope): TaskHost {
  const { host } = job.settings;
  return {
    artifacts: host.artifacts,
    cache: host.cache,
    checkout: (repository, ref, into, options) => host.checkout(repository, ref, into, options),
    repositoryName: (repository) => host.repositoryName(repository),
    secureFile: (name) => host.secureFile(name),
    publishTestRun: (run) => host.publishTestRun(run),
    publishCoverage: (report) => host.publishCoverage(report),
    serviceConnection: async (name) => {
      const found = await host.serviceConnection(name);
      if (found === undefined) return undefined;
      const connection = withChanges(found, job.endpointChanges);
      for (const secret of secretsOf(connection)) job.masker.add(secret);
      return connection;
    },
    vaultSecrets: async (vault) => {
      const secrets = await host.vaultSecrets(vault);
      for (const secret of secrets?.values() ?? []) job.masker.add(secret);
      return secrets;
    },
  };
}

/** Parameters that only say who: everything else may be what only the owner knows. */
const openParameters = /^(tenantid|serviceprincipalid|username|authenticationtype|scheme|role)$/i;

function secretsOf({ parameters }: ServiceConnection): string[] {
  const secret = Object.entries(parameters).filter(([name]) => !openParameters.test(name));
  return secret.map(([, value]) => value);
}

interface ChildRequest {
  readonly scope: StepScope;
  readonly env: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  readonly command: string;
  readonly args: readonly string[];
  readonly options: RunOptions;
}

async function runChild(request: ChildRequest): Promise<RunResult> {
  const { scope, options, signal } = request;
  const { job } = scope.parts;
  const readers = { stdout: scope.reader(), stderr: scope.reader() };
  const captured = { stdout: new CapturedOutput(), stderr: new CapturedOutput() };
  let wroteToStderr = false;
  const exitCode = await runProcess({
    ...placed(request),
    ...(options.stdin === undefined ? {} : { stdin: options.stdin }),
    onOutput: (stream, chunk) => {
      if (stream === 'stderr') wroteToStderr = true;
      if (options.silent !== true) readers[stream].push(chunk);
      if (options.capture === true) captured[stream].push(chunk);
    },
    drained: () => job.settings.host.logDrained?.(),
    signal,
    hardSignal: job.settings.cancellation.killed,
    ending: job.settings.ending,
  });
  for (const reader of Object.values(readers)) reader.end();
  // Whatever it made of the signal: its step is over.
  signal.throwIfAborted();
  const [stdout, stderr] = [captured.stdout.text, captured.stderr.text];
  return { exitCode, wroteToStderr, stdout, stderr };
}

/** On this machine, or in the container that the step is for. */
function placed({ scope, command, args, env, options }: ChildRequest) {
  const { job, step } = scope.parts;
  const cwd = options.cwd ?? job.settings.folders.workingDirectory;
  const own = { command, args, cwd, env: overlaid(env, options.env ?? {}) };
  return job.containers?.place(step.target?.container.text, own) ?? own;
}

function overlaid(
  env: Readonly<Record<string, string>>,
  changes: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  const result: Record<string, string> = { ...env };
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined) delete result[name];
    else result[name] = value;
  }
  return result;
}
