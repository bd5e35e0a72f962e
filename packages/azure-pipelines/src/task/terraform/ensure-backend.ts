// The storage that holds Terraform's state, made before the first `init` needs it. Each order does
// nothing where its resource is there.

import { openAzureSession } from '../azure/azure-session.ts';
import { runChecked } from '../program.ts';
import type { TaskContext } from '../task.ts';

export async function ensureBackend(context: TaskContext): Promise<void> {
  const session = await openAzureSession(context, 'backendServiceArm');
  try {
    for (const order of ordersOf(context)) {
      await runChecked(context, session.az, order, { env: session.env });
    }
  } finally {
    await session.close();
  }
}

function ordersOf(context: TaskContext): readonly (readonly string[])[] {
  const group = context.requiredInput('backendAzureRmResourceGroupName');
  const location = context.requiredInput('backendAzureRmResourceGroupLocation');
  const account = context.requiredInput('backendAzureRmStorageAccountName');
  const container = context.requiredInput('backendAzureRmContainerName');
  const sku = context.requiredInput('backendAzureRmStorageAccountSku');
  const options = ['--resource-group', group, '--sku', sku, '--encryption-services', 'blob'];
  return [
    ['group', 'create', '--name', group, '--location', location],
    ['storage', 'account', 'create', '--name', account, ...options],
    ['storage', 'container', 'create', '--name', container, '--account-name', account],
  ];
}
