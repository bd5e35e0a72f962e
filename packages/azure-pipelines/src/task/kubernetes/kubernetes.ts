// Kubernetes: one kubectl command against a cluster.

import { requireProgram, runChecked } from '../program.ts';
import { writeScript } from '../script/script-file.ts';
import { splitArguments } from '../split-arguments.ts';
import type { AgentTask, TaskContext } from '../task.ts';
import { input } from '../task-input.ts';
import { succeeded } from '../task-outcome.ts';
import { openCluster } from './kube-config.ts';

export const kubectlNext =
  'Install kubectl (https://kubernetes.io/docs/tasks/tools/), or mock this task.';

export const kubernetes: AgentTask = {
  name: 'Kubernetes',
  ids: ['cbc316a2-586f-4def-be79-488a1f503564'],
  versions: [0, 1],
  runsOn: 'agent',
  openInputs: true,
  inputs: [
    input.pick(
      'connectionType',
      ['Azure Resource Manager', 'Kubernetes Service Connection', 'None'],
      {
        default: 'Kubernetes Service Connection',
      },
    ),
    input.connection('kubernetesServiceEndpoint', { aliases: ['kubernetesServiceConnection'] }),
    input.connection('azureSubscriptionEndpoint', { aliases: ['azureSubscription'] }),
    input.text('azureResourceGroup'),
    input.text('kubernetesCluster'),
    input.text('namespace'),
    input.text('command', { required: true, default: 'apply' }),
    input.flag('useConfigurationFile', false),
    input.pick('configurationType', ['configuration', 'inline'], { default: 'configuration' }),
    input.path('configuration'),
    input.lines('inline'),
    input.lines('arguments'),
    input.text('outputFormat'),
  ],
  async run(context) {
    const kubectl = requireProgram(context, 'kubectl', kubectlNext);
    const cluster = await openCluster(context, {
      connectionType: 'connectionType',
      kubernetesConnection: 'kubernetesServiceEndpoint',
      azureConnection: 'azureSubscriptionEndpoint',
      resourceGroup: 'azureResourceGroup',
      cluster: 'kubernetesCluster',
    });
    try {
      const result = await runChecked(context, kubectl, await kubectlArguments(context), {
        env: cluster.env,
        capture: true,
      });
      context.variables.set('KubectlOutput', result.stdout.trim(), { output: true });
      return succeeded;
    } finally {
      await cluster.close();
    }
  },
};

async function kubectlArguments(context: TaskContext): Promise<readonly string[]> {
  const namespace = context.input('namespace');
  const format = context.input('outputFormat');
  return [
    context.requiredInput('command'),
    ...splitArguments((context.input('arguments') ?? '').replace(/\r?\n/g, ' ')),
    ...(await fileArguments(context)),
    ...(namespace === undefined ? [] : ['--namespace', namespace]),
    ...(format === undefined || format === 'none' ? [] : ['-o', format]),
  ];
}

async function fileArguments(context: TaskContext): Promise<readonly string[]> {
  if (!context.boolInput('useConfigurationFile')) return [];
  if (context.input('configurationType')?.toLowerCase() === 'inline') {
    return ['-f', await writeScript(context, 'yaml', context.requiredInput('inline'))];
  }
  context.requiredInput('configuration');
  return ['-f', context.pathInput('configuration') ?? ''];
}
