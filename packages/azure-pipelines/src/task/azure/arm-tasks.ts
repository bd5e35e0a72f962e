// The two tasks that deploy ARM templates: the older for resource groups, the newer for
// subscriptions too.

import type { AgentTask, TaskContext } from '../task.ts';
import { input, type TaskInput } from '../task-input.ts';
import { TaskFailure, type TaskOutcome } from '../task-outcome.ts';
import { deleteGroup, deployToGroup, deployToSubscription } from './arm-deployment.ts';
import { type AzureSession, openAzureSession } from './azure-session.ts';

const deploys = 'action = Create Or Update Resource Group';
const linked = 'Linked artifact';

const templateInputs: readonly TaskInput[] = [
  input.text('resourceGroupName'),
  input.text('location'),
  input.pick('templateLocation', [linked, 'URL of the file'], { default: linked }),
  input.text('csmFileLink', {
    required: true,
    visibleWhen: `templateLocation = URL of the file && ${deploys}`,
  }),
  input.text('csmParametersFileLink'),
  input.path('csmFile', {
    required: true,
    visibleWhen: `templateLocation = ${linked} && ${deploys}`,
  }),
  input.path('csmParametersFile'),
  input.lines('overrideParameters'),
  input.pick('deploymentMode', ['Incremental', 'Complete', 'Validation'], {
    default: 'Incremental',
  }),
  input.text('deploymentName'),
  input.text('deploymentOutputs'),
  input.flag('addSpnToEnvironment', false),
  input.flag('useWithoutJSON', false),
];

export const azureResourceGroupDeployment: AgentTask = {
  name: 'AzureResourceGroupDeployment',
  ids: ['94a74903-f93f-4075-884f-dc11f34058b4'],
  versions: [2],
  runsOn: 'agent',
  inputs: [
    input.connection('ConnectedServiceName', { aliases: ['azureSubscription'], required: true }),
    input.pick(
      'action',
      [
        'Create Or Update Resource Group',
        'Select Resource Group',
        'Start',
        'Stop',
        'StopWithDeallocate',
        'Restart',
        'Delete',
        'DeleteRG',
      ],
      { default: 'Create Or Update Resource Group' },
    ),
    ...templateInputs,
  ],
  run: (context) => withSession(context, 'ConnectedServiceName'),
};

export const azureResourceManagerTemplateDeployment: AgentTask = {
  name: 'AzureResourceManagerTemplateDeployment',
  ids: ['94a74903-f93f-4075-884f-dc11f34058b4'],
  versions: [3],
  runsOn: 'agent',
  inputs: [
    input.pick('deploymentScope', ['Management Group', 'Subscription', 'Resource Group'], {
      default: 'Resource Group',
    }),
    input.connection('ConnectedServiceName', {
      aliases: ['azureResourceManagerConnection'],
      required: true,
    }),
    input.text('subscriptionName', { aliases: ['subscriptionId'] }),
    input.pick('action', ['Create Or Update Resource Group', 'DeleteRG'], {
      default: 'Create Or Update Resource Group',
    }),
    ...templateInputs,
  ],
  run: (context) => withSession(context, 'ConnectedServiceName'),
};

async function withSession(context: TaskContext, connection: string): Promise<TaskOutcome> {
  const session = await openAzureSession(context, connection);
  try {
    return await act(context, session);
  } finally {
    await session.close();
  }
}

function act(context: TaskContext, session: AzureSession): Promise<TaskOutcome> {
  const action = context.input('action')?.toLowerCase();
  const scope = context.input('deploymentScope')?.toLowerCase() ?? 'resource group';
  if (scope === 'subscription') return deployToSubscription(context, session);
  if (scope !== 'resource group') {
    throw new TaskFailure(`Deployments of the scope '${scope}' are not built here; use AzureCLI`);
  }
  if (action === 'create or update resource group') return deployToGroup(context, session);
  if (action === 'deleterg') return deleteGroup(context, session);
  throw new TaskFailure(
    `The action '${action ?? ''}' acts on virtual machines, which is not built here; use AzureCLI with 'az vm'`,
  );
}
