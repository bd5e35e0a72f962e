// AzureKeyVault: secrets of a vault become secret variables, from the host's own store where it
// keeps a vault of that name, else by the Azure CLI.

import { readJson } from '../program.ts';
import type { AgentTask, TaskContext } from '../task.ts';
import { input } from '../task-input.ts';
import { succeeded, TaskFailure, type TaskOutcome } from '../task-outcome.ts';
import { type AzureSession, openAzureSession } from './azure-session.ts';

export const azureKeyVault: AgentTask = {
  name: 'AzureKeyVault',
  ids: ['1e244d32-2dd4-4165-96fb-b7441ca9331e'],
  versions: [1, 2],
  runsOn: 'agent',
  inputs: [
    input.connection('ConnectedServiceName', { aliases: ['azureSubscription'], required: true }),
    input.text('KeyVaultName', { required: true }),
    input.text('SecretsFilter', { default: '*' }),
    input.flag('RunAsPreJob', false),
  ],
  pre: async (context) => (context.boolInput('RunAsPreJob') ? fetchSecrets(context) : succeeded),
  run: async (context) => (context.boolInput('RunAsPreJob') ? succeeded : fetchSecrets(context)),
};

async function fetchSecrets(context: TaskContext): Promise<TaskOutcome> {
  const vault = context.requiredInput('KeyVaultName');
  const names = (context.input('SecretsFilter') ?? '*').split(',').map((name) => name.trim());
  const kept = await context.host.vaultSecrets(vault);
  const secrets =
    kept === undefined ? await readAzure(context, vault, names) : choose(kept, names, vault);
  for (const [name, value] of secrets) context.variables.set(name, value, { secret: true });
  context.log(`Fetched ${secrets.size} secret(s) of the vault ${vault}`);
  return succeeded;
}

function choose(
  all: ReadonlyMap<string, string>,
  names: readonly string[],
  vault: string,
): ReadonlyMap<string, string> {
  if (names.includes('*')) return all;
  return new Map(
    names.map((name) => {
      const value = all.get(name);
      if (value !== undefined) return [name, value];
      throw new TaskFailure(
        `The vault '${vault}' has no secret '${name}'; it has: ${[...all.keys()].join(', ')}`,
      );
    }),
  );
}

async function readAzure(
  context: TaskContext,
  vault: string,
  names: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const session = await openAzureSession(context, 'ConnectedServiceName', { takesStandIn: true });
  try {
    if (session.isStandIn) throw noSuchVault(vault);
    const wanted = names.includes('*') ? await listNames(context, session, vault) : names;
    const secrets = new Map<string, string>();
    for (const name of wanted) secrets.set(name, await readOne(context, session, vault, name));
    return secrets;
  } finally {
    await session.close();
  }
}

function noSuchVault(vault: string): TaskFailure {
  return new TaskFailure(
    `There is no variable group '${vault}', which stands for the vault here. Make one that the pipeline may use, or set the variable RIDGELINE_AZ to 'real' for the real Azure CLI.`,
  );
}

async function listNames(
  context: TaskContext,
  { az, env }: AzureSession,
  vault: string,
): Promise<readonly string[]> {
  const query = ['--query', '[?attributes.enabled].name'];
  const names = await readJson(
    context,
    az,
    ['keyvault', 'secret', 'list', '--vault-name', vault, ...query],
    { env },
  );
  return Array.isArray(names) ? names.map(String) : [];
}

async function readOne(
  context: TaskContext,
  { az, env }: AzureSession,
  vault: string,
  name: string,
): Promise<string> {
  const order = [
    'keyvault',
    'secret',
    'show',
    '--vault-name',
    vault,
    '--name',
    name,
    '--query',
    'value',
  ];
  return String(await readJson(context, az, order, { env }));
}
