// HelmDeploy: helm's commands against a cluster, and HelmInstaller, which makes sure of helm.

import { type ClusterSession, openCluster } from '../kubernetes/kube-config.ts';
import { requireProgram, runChecked } from '../program.ts';
import type { AgentTask, TaskContext } from '../task.ts';
import { input } from '../task-input.ts';
import { succeeded } from '../task-outcome.ts';
import { helmArguments } from './helm-arguments.ts';

const next = 'Install Helm 3 (https://helm.sh/docs/intro/install/), or mock this task.';
const commands = [
  'create',
  'delete',
  'expose',
  'get',
  'init',
  'install',
  'login',
  'logout',
  'ls',
  'package',
  'pull',
  'rollback',
  'save',
  'uninstall',
  'upgrade',
] as const;

const azure = { visibleWhen: 'connectionType = Azure Resource Manager' } as const;

export const helmDeploy: AgentTask = {
  name: 'HelmDeploy',
  ids: ['afa7d54d-537b-4dc8-b60a-e0eeea2c9a87'],
  versions: [0, 1],
  runsOn: 'agent',
  openInputs: true,
  inputs: [
    input.pick(
      'connectionType',
      ['Azure Resource Manager', 'Kubernetes Service Connection', 'None'],
      {
        default: 'Azure Resource Manager',
      },
    ),
    input.connection('azureSubscriptionEndpoint', { aliases: ['azureSubscription'], ...azure }),
    input.text('azureResourceGroup', azure),
    input.text('kubernetesCluster', azure),
    input.connection('kubernetesServiceEndpoint', { aliases: ['kubernetesServiceConnection'] }),
    input.text('namespace'),
    input.pick('command', commands, { default: 'ls' }),
    input.pick('chartType', ['Name', 'FilePath'], { default: 'Name' }),
    input.text('chartName'),
    input.path('chartPath'),
    input.text('version', { aliases: ['chartVersion'] }),
    input.text('releaseName'),
    input.lines('overrideValues'),
    input.path('valueFile'),
    input.path('destination'),
    input.flag('updatedependency', false),
    input.flag('save', true),
    input.flag('install', true),
    input.flag('recreate', false),
    input.flag('resetValues', false),
    input.flag('force', false),
    input.flag('waitForExecution', true),
    input.lines('arguments'),
    input.flag('failOnStderr', false),
    input.flag('publishPipelineMetadata', true),
  ],
  async run(context) {
    const helm = requireProgram(context, 'helm', next);
    const cluster = await openHelmCluster(context);
    try {
      await runChecked(context, helm, helmArguments(context), { env: cluster.env });
      return succeeded;
    } finally {
      await cluster.close();
    }
  },
};

/** Commands that only touch files need no cluster. */
function openHelmCluster(context: TaskContext): Promise<ClusterSession> {
  const command = context.input('command') ?? 'ls';
  if (/^(create|package|pull|save|login|logout)$/i.test(command)) {
    return Promise.resolve({ env: {}, close: async () => {} });
  }
  return openCluster(context, {
    connectionType: 'connectionType',
    kubernetesConnection: 'kubernetesServiceEndpoint',
    azureConnection: 'azureSubscriptionEndpoint',
    resourceGroup: 'azureResourceGroup',
    cluster: 'kubernetesCluster',
  });
}

export const helmInstaller: AgentTask = {
  name: 'HelmInstaller',
  versions: [0, 1],
  runsOn: 'agent',
  openInputs: true,
  inputs: [input.text('helmVersion', { aliases: ['helmVersionToInstall'], default: 'latest' })],
  async run(context) {
    await runChecked(context, requireProgram(context, 'helm', next), ['version', '--short']);
    return succeeded;
  },
};
