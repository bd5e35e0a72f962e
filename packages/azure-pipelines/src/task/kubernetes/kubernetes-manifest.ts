// KubernetesManifest: deploys, bakes, scales, patches and deletes manifests by kubectl and helm.

import { findFiles } from '../glob/find-files.ts';
import { requireProgram, runChecked } from '../program.ts';
import { writeScript } from '../script/script-file.ts';
import { splitArguments } from '../split-arguments.ts';
import type { AgentTask, TaskContext } from '../task.ts';
import { input } from '../task-input.ts';
import { succeeded, TaskFailure } from '../task-outcome.ts';
import { openCluster } from './kube-config.ts';
import { kubectlNext } from './kubernetes.ts';
import { withImages } from './replace-images.ts';

const actions = ['deploy', 'bake', 'createSecret', 'delete', 'patch', 'promote', 'reject', 'scale'];

export const kubernetesManifest: AgentTask = {
  name: 'KubernetesManifest',
  ids: ['dee316a2-586f-4def-be79-488a1f503dfe'],
  versions: [0, 1],
  runsOn: 'agent',
  openInputs: true,
  inputs: [
    input.pick('action', actions, { default: 'deploy' }),
    input.text('connectionType', { default: 'kubernetesServiceConnection' }),
    input.connection('kubernetesServiceConnection'),
    input.connection('azureSubscriptionConnection', { aliases: ['azureSubscriptionEndpoint'] }),
    input.text('azureResourceGroup'),
    input.text('kubernetesCluster'),
    input.text('namespace'),
    input.pick('strategy', ['none', 'canary'], { default: 'none' }),
    input.lines('manifests'),
    input.lines('containers'),
    input.lines('imagePullSecrets'),
    input.pick('renderType', ['helm', 'kompose', 'kustomize'], { default: 'helm' }),
    input.path('helmChart'),
    input.text('releaseName'),
    input.path('kustomizationPath'),
    input.lines('overrideFiles'),
    input.lines('overrides'),
    input.text('kind'),
    input.text('name'),
    input.text('replicas'),
    input.text('arguments'),
    input.lines('patch'),
    input.text('secretName'),
    input.text('secretArguments'),
    input.text('rolloutStatusTimeout', { default: '0' }),
  ],
  async run(context) {
    if (context.input('strategy')?.toLowerCase() === 'canary') {
      throw new TaskFailure(
        "'strategy: canary' is not built here; deploy the variants by HelmDeploy with weights",
      );
    }
    const action = context.input('action')?.toLowerCase() ?? 'deploy';
    if (action === 'bake') return bake(context);
    const orders = await ordersOf(context, action);
    await runKubectl(context, orders);
    return succeeded;
  },
};

async function runKubectl(
  context: TaskContext,
  orders: readonly (readonly string[])[],
): Promise<void> {
  const kubectl = requireProgram(context, 'kubectl', kubectlNext);
  const cluster = await openCluster(context, {
    connectionType: 'connectionType',
    kubernetesConnection: 'kubernetesServiceConnection',
    azureConnection: 'azureSubscriptionConnection',
    resourceGroup: 'azureResourceGroup',
    cluster: 'kubernetesCluster',
  });
  try {
    const namespace = context.input('namespace');
    const scope = namespace === undefined ? [] : ['--namespace', namespace];
    for (const order of orders)
      await runChecked(context, kubectl, [...order, ...scope], { env: cluster.env });
  } finally {
    await cluster.close();
  }
}

async function ordersOf(
  context: TaskContext,
  action: string,
): Promise<readonly (readonly string[])[]> {
  const extra = splitArguments(context.input('arguments') ?? '');
  const subject = () => `${context.requiredInput('kind')}/${context.requiredInput('name')}`;
  if (action === 'deploy') return deployOrders(context);
  if (action === 'scale')
    return [['scale', subject(), `--replicas=${context.requiredInput('replicas')}`]];
  if (action === 'patch') return [['patch', subject(), '--patch', context.requiredInput('patch')]];
  if (action === 'delete') return [['delete', ...extra]];
  if (action === 'createsecret') {
    const rest = splitArguments(context.input('secretArguments') ?? '');
    return [['create', 'secret', 'generic', context.requiredInput('secretName'), ...rest]];
  }
  throw new TaskFailure(
    `The action '${action}' is of canary deployments, which are not built here`,
  );
}

async function deployOrders(context: TaskContext): Promise<readonly (readonly string[])[]> {
  const patterns = context.linesInput('manifests').flatMap((line) => line.split(','));
  const files = await findFiles(context.folders.workingDirectory, patterns);
  if (files.length === 0)
    throw new TaskFailure(`'manifests' is '${patterns.join(', ')}', which fits no file`);
  const images = context.linesInput('containers').flatMap((line) => line.split(','));
  const ready = await Promise.all(files.map((file) => withImages(context, file, images)));
  return [['apply', ...ready.flatMap((file) => ['-f', file])]];
}

async function bake(context: TaskContext) {
  const [program, args] = await renderer(context);
  const result = await runChecked(context, program, args, { capture: true, silent: true });
  const file = await writeScript(context, 'yaml', result.stdout);
  context.variables.set('manifestsBundle', file, { output: true });
  context.log(`Baked manifests to ${file}`);
  return succeeded;
}

async function renderer(context: TaskContext): Promise<readonly [string, readonly string[]]> {
  const type = context.input('renderType')?.toLowerCase();
  if (type === 'kustomize') {
    const folder = context.pathInput('kustomizationPath') ?? context.folders.workingDirectory;
    return [requireProgram(context, 'kubectl', kubectlNext), ['kustomize', folder]];
  }
  if (type !== 'helm')
    throw new TaskFailure("'renderType: kompose' is not built here; take helm or kustomize");
  const helm = requireProgram(context, 'helm', 'Install Helm 3, or mock this task.');
  context.requiredInput('helmChart');
  const values = await findFiles(
    context.folders.workingDirectory,
    context.linesInput('overrideFiles'),
  );
  const overrides = context.linesInput('overrides').map((line) => line.replace(':', '='));
  return [
    helm,
    [
      'template',
      context.input('releaseName') ?? 'release',
      context.pathInput('helmChart') ?? '',
      ...values.flatMap((file) => ['--values', file]),
      ...overrides.flatMap((one) => ['--set', one]),
    ],
  ];
}
