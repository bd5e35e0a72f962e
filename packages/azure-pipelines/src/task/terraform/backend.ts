// Where Terraform keeps its state, as `-backend-config` arguments of `init`.

import type { TaskContext } from '../task.ts';

const settings = {
  resource_group_name: 'backendAzureRmResourceGroupName',
  storage_account_name: 'backendAzureRmStorageAccountName',
  container_name: 'backendAzureRmContainerName',
  key: 'backendAzureRmKey',
} as const;

/** Of a backend that configures itself nothing is said. */
export function backendArguments(context: TaskContext): readonly string[] {
  const type =
    context.input('backendType')?.toLowerCase() ?? context.input('provider')?.toLowerCase();
  if (type !== 'azurerm') return [];
  return Object.entries(settings).flatMap(([name, inputName]) => {
    const value = context.input(inputName);
    return value === undefined ? [] : [`-backend-config=${name}=${value}`];
  });
}
