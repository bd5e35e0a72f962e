// An app of Azure's that exists already: found, configured, and deployed to.

import { runChecked } from '../program.ts';
import { splitArguments } from '../split-arguments.ts';
import type { TaskContext } from '../task.ts';
import { input, type TaskInput } from '../task-input.ts';
import { succeeded, TaskFailure, type TaskOutcome } from '../task-outcome.ts';
import { type AzureSession, openAzureSession } from './azure-session.ts';

export const siteInputs: readonly TaskInput[] = [
  input.connection('azureSubscription', { aliases: ['ConnectedServiceName'], required: true }),
  input.text('appName', { aliases: ['WebAppName'], required: true }),
  input.flag('deployToSlotOrASE', false, { aliases: ['DeployToSlotOrASEFlag'] }),
  input.text('resourceGroupName'),
  input.text('slotName', { default: 'production' }),
  input.lines('appSettings'),
  input.lines('configurationStrings', { aliases: ['configurationSettings'] }),
];

export type Deploy = (session: AzureSession, site: readonly string[]) => Promise<void>;

/** Finds the app, lays its settings, deploys, and tells its address. */
export async function onSite(context: TaskContext, deploy: Deploy): Promise<TaskOutcome> {
  const session = await openAzureSession(context, 'azureSubscription');
  try {
    const site = await siteArguments(context, session);
    await setAppSettings(context, session, site);
    await deploy(session, site);
    await giveAddress(context, session, site);
    return succeeded;
  } finally {
    await session.close();
  }
}

async function siteArguments(
  context: TaskContext,
  session: AzureSession,
): Promise<readonly string[]> {
  const app = context.requiredInput('appName');
  const group = context.input('resourceGroupName') ?? (await groupOf(context, session, app));
  const slot = context.input('slotName') ?? 'production';
  const inSlot = context.boolInput('deployToSlotOrASE') && slot.toLowerCase() !== 'production';
  return ['--name', app, '--resource-group', group, ...(inSlot ? ['--slot', slot] : [])];
}

async function groupOf(
  context: TaskContext,
  { az, env }: AzureSession,
  app: string,
): Promise<string> {
  const query = `[?name=='${app.replaceAll("'", '')}'].resourceGroup`;
  const order = ['resource', 'list', '--resource-type', 'Microsoft.Web/sites', '--query', query];
  const result = await runChecked(context, az, [...order, '-o', 'tsv'], {
    env,
    capture: true,
    silent: true,
  });
  const [group] = result.stdout.trim().split(/\s+/);
  if (group) return group;
  throw new TaskFailure(`There is no app '${app}' in the subscription; create it first`);
}

/** Where the site answers, for the steps that test it. */
async function giveAddress(
  context: TaskContext,
  { az, env }: AzureSession,
  site: readonly string[],
): Promise<void> {
  const order = ['webapp', 'show', ...site, '--query', 'defaultHostName', '--output', 'tsv'];
  const result = await runChecked(context, az, order, { env, capture: true, silent: true });
  const url = `https://${result.stdout.trim()}`;
  context.variables.set('AppServiceApplicationUrl', url, { output: true });
  context.log(`App Service Application URL: ${url}`);
}

/** `-NAME value -OTHER "a value"`. Their values may be secrets, so that they are not logged. */
async function setAppSettings(
  context: TaskContext,
  { az, env }: AzureSession,
  site: readonly string[],
): Promise<void> {
  const words = splitArguments(context.input('appSettings') ?? '');
  const settings: string[] = [];
  for (let at = 0; at + 1 < words.length; at += 2) {
    settings.push(`${(words[at] ?? '').replace(/^-/, '')}=${words[at + 1] ?? ''}`);
  }
  if (settings.length === 0) return;
  const order = ['webapp', 'config', 'appsettings', 'set', ...site, '--settings', ...settings];
  await runChecked(context, az, order, { env, silent: true, capture: true });
  context.log(`Set ${settings.length} app setting(s)`);
}
