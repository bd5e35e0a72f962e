// Runs one of Terraform's commands, under the credentials of a service connection.

import { connectionOf } from '../connection-of.ts';
import { requireProgram } from '../program.ts';
import { connectionValue } from '../service-connection.ts';
import { splitArguments } from '../split-arguments.ts';
import type { TaskContext } from '../task.ts';
import { failed, succeeded, TaskFailure, type TaskOutcome } from '../task-outcome.ts';
import { workingDirectoryOf } from '../working-directory.ts';
import { backendArguments } from './backend.ts';
import { ensureBackend } from './ensure-backend.ts';

export const terraformNext =
  'Install Terraform (https://developer.hashicorp.com/terraform/install), or mock this task.';

export async function terraform(context: TaskContext): Promise<TaskOutcome> {
  const program = requireProgram(context, 'terraform', terraformNext);
  const command = context.input('command')?.toLowerCase() ?? 'init';
  const cwd = await workingDirectoryOf(context, 'workingDirectory');
  const env = { TF_IN_AUTOMATION: 'true', TF_INPUT: '0', ...(await credentials(context, command)) };
  if (command === 'init' && context.boolInput('ensureBackend')) await ensureBackend(context);
  const args = await argumentsOf(context, command);
  context.log(`##[command]${program} ${args.join(' ')}`);
  const result = await context.run(program, args, { cwd, env });
  // Of `plan -detailed-exitcode`, 2 says that there are changes.
  const detailed = command === 'plan' && args.includes('-detailed-exitcode');
  if (detailed) context.variables.set('TERRAFORM_PLAN_HAS_CHANGES', String(result.exitCode === 2));
  if (result.exitCode === 0 || (detailed && result.exitCode === 2)) return succeeded;
  return failed(`'terraform ${command}' exited with code ${result.exitCode}`);
}

async function argumentsOf(context: TaskContext, command: string): Promise<readonly string[]> {
  const extra = splitArguments(context.input('commandOptions') ?? '');
  const words = command === 'forceunlock' ? ['force-unlock'] : [wordOf(context, command)].flat();
  const backend = command === 'init' ? backendArguments(context) : [];
  // A step has nobody to say yes.
  const approve = /^(apply|destroy)$/.test(command) && !extra.includes('-auto-approve');
  return [...words, ...backend, ...(approve ? ['-auto-approve'] : []), ...extra];
}

function wordOf(context: TaskContext, command: string): string | string[] {
  if (command === 'custom') return splitArguments(context.requiredInput('customCommand'));
  if (command !== 'workspace') return command;
  const name = context.input('workspaceName');
  return [
    'workspace',
    context.input('workspaceSubCommand') ?? 'list',
    ...(name === undefined ? [] : [name]),
  ];
}

/** The provider's own names. Backend and provider share them, so `init` takes the backend's. */
async function credentials(context: TaskContext, command: string): Promise<Record<string, string>> {
  const input = command === 'init' ? 'backendServiceArm' : 'environmentServiceName';
  if (context.input(input) === undefined) return {};
  const connection = await connectionOf(context, input);
  const scheme = connection.scheme.toLowerCase();
  const parts: readonly (readonly [string, string])[] = [
    ['ARM_SUBSCRIPTION_ID', 'subscriptionId'],
    ['ARM_TENANT_ID', 'tenantid'],
    ['ARM_CLIENT_ID', 'serviceprincipalid'],
    ['ARM_CLIENT_SECRET', 'serviceprincipalkey'],
  ];
  const known = parts.flatMap(([name, key]) => {
    const value = connectionValue(connection, key);
    return value === undefined || value === '' ? [] : [[name, value] as const];
  });
  if (scheme === 'managedserviceidentity')
    return { ...Object.fromEntries(known), ARM_USE_MSI: 'true' };
  if (scheme === 'serviceprincipal' || scheme === 'none') return Object.fromEntries(known);
  throw new TaskFailure(
    `The service connection '${connection.name}' has the scheme ${connection.scheme}, which terraform steps cannot use; expected ServicePrincipal, ManagedServiceIdentity or None`,
  );
}
