// The inputs of HelmDeploy as arguments of helm 3.

import { splitArguments } from '../split-arguments.ts';
import type { TaskContext } from '../task.ts';

export function helmArguments(context: TaskContext): readonly string[] {
  const command = context.input('command')?.toLowerCase() ?? 'ls';
  const extra = splitArguments((context.input('arguments') ?? '').replace(/\r?\n/g, ' '));
  const namespace = option('--namespace', context.input('namespace'));
  if (command === 'upgrade' || command === 'install') {
    return [...releaseArguments(context, command), ...namespace, ...extra];
  }
  if (command === 'package') return [...packageArguments(context), ...extra];
  const release = context.input('releaseName');
  const wantsRelease = /^(delete|uninstall|get|rollback)$/.test(command) && release !== undefined;
  return [command, ...(wantsRelease ? [release] : []), ...namespace, ...extra];
}

function releaseArguments(context: TaskContext, command: string): readonly string[] {
  const flags: readonly (readonly [string, string])[] = [
    ['resetValues', '--reset-values'],
    ['force', '--force'],
    ['waitForExecution', '--wait'],
  ];
  const upgrade = command === 'upgrade';
  const set = flags.flatMap(([name, flag]) => (context.boolInput(name) ? [flag] : []));
  return [
    command,
    ...(upgrade && context.boolInput('install') ? ['--install'] : []),
    ...(upgrade ? set : set.filter((flag) => flag === '--wait')),
    ...option('--values', context.pathInput('valueFile')),
    ...option('--set', overridesOf(context)),
    ...option('--version', context.input('version')),
    ...releaseName(context, command),
    chartOf(context),
  ];
}

function releaseName(context: TaskContext, command: string): readonly string[] {
  const name = context.input('releaseName');
  if (name !== undefined) return [name];
  return command === 'install' ? ['--generate-name'] : [context.requiredInput('releaseName')];
}

function packageArguments(context: TaskContext): readonly string[] {
  return [
    'package',
    ...(context.boolInput('updatedependency') ? ['--dependency-update'] : []),
    ...option('--destination', context.pathInput('destination')),
    ...option('--version', context.input('version')),
    chartOf(context),
  ];
}

function chartOf(context: TaskContext): string {
  if (context.input('chartType')?.toLowerCase() !== 'filepath')
    return context.requiredInput('chartName');
  context.requiredInput('chartPath');
  return context.pathInput('chartPath') ?? '';
}

/** Lines and commas both part overrides. */
function overridesOf(context: TaskContext): string | undefined {
  return context.linesInput('overrideValues').join(',') || undefined;
}

function option(flag: string, value: string | undefined): readonly string[] {
  return value === undefined ? [] : [flag, value];
}
