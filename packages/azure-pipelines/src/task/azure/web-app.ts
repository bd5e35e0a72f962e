// Deployments to web and function apps that exist already, by the Azure CLI.

import { findFiles } from '../glob/find-files.ts';
import { runChecked } from '../program.ts';
import type { AgentTask, TaskContext } from '../task.ts';
import { input, type TaskInput } from '../task-input.ts';
import { TaskFailure } from '../task-outcome.ts';
import { onSite, siteInputs } from './site.ts';

export const azureWebAppContainer: AgentTask = {
  name: 'AzureWebAppContainer',
  ids: ['18aad896-e191-4720-88d6-8ced4806941a'],
  versions: [1],
  runsOn: 'agent',
  inputs: [
    ...siteInputs,
    input.lines('imageName', { aliases: ['containers'], required: true }),
    input.path('multicontainerConfigFile'),
    input.text('containerCommand'),
  ],
  run: (context) =>
    onSite(context, async (session, site) => {
      const image = context.requiredInput('imageName').split(/\s+/)[0] ?? '';
      const start = context.input('containerCommand');
      const { az, env } = session;
      const order = [
        'webapp',
        'config',
        'container',
        'set',
        ...site,
        '--docker-custom-image-name',
        image,
      ];
      await runChecked(context, az, order, { env });
      if (start !== undefined) {
        await runChecked(
          context,
          az,
          ['webapp', 'config', 'set', ...site, '--startup-file', start],
          { env },
        );
      }
      await runChecked(context, az, ['webapp', 'restart', ...site], { env });
    }),
};

const packaged: readonly TaskInput[] = [
  ...siteInputs,
  input.path('package', {
    aliases: ['packageForLinux'],
    default: '$(System.DefaultWorkingDirectory)/**/*.zip',
  }),
  input.text('startUpCommand'),
];

export const azureWebApp: AgentTask = {
  name: 'AzureWebApp',
  versions: [1],
  runsOn: 'agent',
  openInputs: true,
  inputs: packaged,
  run: (context) => deployPackage(context, 'webapp'),
};

export const azureRmWebAppDeployment: AgentTask = {
  name: 'AzureRmWebAppDeployment',
  ids: ['497d490f-eea7-4f2b-ab94-48d9c1acdcb1'],
  versions: [3, 4, 5],
  runsOn: 'agent',
  openInputs: true,
  inputs: packaged,
  run: (context) => deployPackage(context, 'webapp'),
};

export const azureFunctionApp: AgentTask = {
  name: 'AzureFunctionApp',
  versions: [1, 2],
  runsOn: 'agent',
  openInputs: true,
  inputs: packaged,
  run: (context) => deployPackage(context, 'functionapp'),
};

function deployPackage(context: TaskContext, kind: 'webapp' | 'functionapp') {
  return onSite(context, async ({ az, env }, site) => {
    const file = await packageOf(context);
    const order =
      kind === 'webapp'
        ? ['webapp', 'deploy', ...site, '--src-path', file]
        : ['functionapp', 'deployment', 'source', 'config-zip', ...site, '--src', file];
    await runChecked(context, az, order, { env });
    const start = context.input('startUpCommand');
    if (start === undefined || kind === 'functionapp') return;
    await runChecked(context, az, ['webapp', 'config', 'set', ...site, '--startup-file', start], {
      env,
    });
  });
}

async function packageOf(context: TaskContext): Promise<string> {
  const pattern = context.requiredInput('package');
  const files = await findFiles(context.folders.workingDirectory, [pattern]);
  const [file] = files;
  if (file !== undefined && files.length === 1) return file;
  throw new TaskFailure(
    `'package' is '${pattern}', which fits ${files.length} files; expected exactly one (archive a folder first)`,
  );
}
