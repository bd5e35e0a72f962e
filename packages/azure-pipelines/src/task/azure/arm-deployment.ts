// Deployments of ARM and Bicep templates to a resource group, and its removal, by the Azure CLI.

import { findFiles } from '../glob/find-files.ts';
import { readJson, runChecked } from '../program.ts';
import type { TaskContext } from '../task.ts';
import { succeeded, TaskFailure, type TaskOutcome } from '../task-outcome.ts';
import type { AzureSession } from './azure-session.ts';
import { parseOverrides } from './override-parameters.ts';

export async function deployToGroup(
  context: TaskContext,
  session: AzureSession,
): Promise<TaskOutcome> {
  const group = context.requiredInput('resourceGroupName');
  const { az, env } = session;
  const exists = await readJson(context, az, ['group', 'exists', '--name', group], { env });
  if (exists !== true) {
    const location = ['--location', context.requiredInput('location')];
    await runChecked(context, az, ['group', 'create', '--name', group, ...location], { env });
  }
  const mode = context.input('deploymentMode') ?? 'Incremental';
  const order = mode.toLowerCase() === 'validation' ? 'validate' : 'create';
  const target = ['--resource-group', group, ...(order === 'create' ? ['--mode', mode] : [])];
  return deploy(context, session, ['group', order, ...target]);
}

export async function deployToSubscription(
  context: TaskContext,
  session: AzureSession,
): Promise<TaskOutcome> {
  const location = context.requiredInput('location');
  return deploy(context, session, ['sub', 'create', '--location', location]);
}

/** `order`: what stands behind `az deployment`. */
async function deploy(
  context: TaskContext,
  { az, env }: AzureSession,
  order: readonly string[],
): Promise<TaskOutcome> {
  const args = ['deployment', ...order, ...(await deploymentArguments(context))];
  const how = { env, capture: true };
  const result = await runChecked(context, az, [...args, '--output', 'json'], how);
  storeOutputs(context, result.stdout);
  return succeeded;
}

export async function deleteGroup(
  context: TaskContext,
  session: AzureSession,
): Promise<TaskOutcome> {
  const group = context.requiredInput('resourceGroupName');
  const { az, env } = session;
  const exists = await readJson(context, az, ['group', 'exists', '--name', group], { env });
  if (exists !== true) {
    context.log(`The resource group '${group}' is not there; nothing to delete`);
    return succeeded;
  }
  await runChecked(context, az, ['group', 'delete', '--name', group, '--yes'], { env });
  return succeeded;
}

async function deploymentArguments(context: TaskContext): Promise<readonly string[]> {
  const name = context.input('deploymentName');
  const overrides = parseOverrides(context.input('overrideParameters') ?? '');
  const parameters = [...(await parameterFile(context)), ...overrides];
  return [
    ...(name === undefined ? [] : ['--name', name]),
    ...(await templateArguments(context)),
    ...(parameters.length === 0 ? [] : ['--parameters', ...parameters]),
  ];
}

function isLinked(context: TaskContext): boolean {
  return context.input('templateLocation')?.toLowerCase() === 'url of the file';
}

async function templateArguments(context: TaskContext): Promise<readonly string[]> {
  if (isLinked(context)) return ['--template-uri', context.requiredInput('csmFileLink')];
  return ['--template-file', await oneFile(context, 'csmFile', context.requiredInput('csmFile'))];
}

async function parameterFile(context: TaskContext): Promise<readonly string[]> {
  if (isLinked(context)) return [context.input('csmParametersFileLink') ?? []].flat();
  const pattern = context.input('csmParametersFile');
  return pattern === undefined ? [] : [`@${await oneFile(context, 'csmParametersFile', pattern)}`];
}

async function oneFile(context: TaskContext, input: string, pattern: string): Promise<string> {
  const files = await findFiles(context.folders.workingDirectory, [pattern]);
  const [file] = files;
  if (file !== undefined && files.length === 1) return file;
  const found = files.length === 0 ? 'no file' : `${files.length} files`;
  throw new TaskFailure(`'${input}' is '${pattern}', which fits ${found}; expected exactly one`);
}

/** `deploymentOutputs` names a variable that gets the template's outputs as JSON. */
function storeOutputs(context: TaskContext, answer: string): void {
  const variable = context.input('deploymentOutputs');
  if (variable === undefined) return;
  const outputs = outputsIn(answer);
  context.variables.set(variable, JSON.stringify(outputs ?? {}));
}

function outputsIn(answer: string): unknown {
  try {
    return JSON.parse(answer)?.properties?.outputs;
  } catch {
    return undefined;
  }
}
