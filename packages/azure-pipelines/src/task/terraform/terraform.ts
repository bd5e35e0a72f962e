// Terraform's commands, as three extensions offer them, by the terraform program.

import { requireProgram, runChecked } from '../program.ts';
import type { AgentTask } from '../task.ts';
import { input, type TaskInput } from '../task-input.ts';
import { succeeded, succeededWithIssues } from '../task-outcome.ts';
import { terraform, terraformNext } from './run-terraform.ts';

export const terraformInstaller: AgentTask = {
  name: 'TerraformInstaller',
  ids: [
    'charleszipp.azure-pipelines-tasks-terraform.azure-pipelines-tasks-terraform-installer.TerraformInstaller',
    'ms-devlabs.custom-terraform-tasks.custom-terraform-installer-task.TerraformInstaller',
  ],
  versions: [0, 1, 2],
  runsOn: 'agent',
  inputs: [input.text('terraformVersion', { required: true, default: 'latest' })],
  async run(context) {
    const program = requireProgram(context, 'terraform', terraformNext);
    const result = await runChecked(context, program, ['version'], { capture: true, silent: true });
    const version = /v(\d+\.\d+\.\d+)/.exec(result.stdout)?.[1] ?? 'unknown';
    const wanted = context.input('terraformVersion') ?? 'latest';
    context.log(`Terraform ${version} is installed`);
    if (wanted.toLowerCase() === 'latest' || wanted === version) return succeeded;
    return succeededWithIssues(
      `Terraform ${wanted} was asked for, and ${version} is installed and will be used`,
    );
  },
};

const commands = [
  'init',
  'validate',
  'plan',
  'apply',
  'destroy',
  'show',
  'output',
  'fmt',
  'refresh',
  'import',
  'forceunlock',
  'state',
  'version',
  'workspace',
  'custom',
  'force-unlock',
  'get',
  'graph',
  'providers',
  'taint',
  'test',
  'untaint',
] as const;

const commonInputs: readonly TaskInput[] = [
  input.pick('command', commands, { default: 'init' }),
  input.path('workingDirectory'),
  input.text('commandOptions'),
  input.secureFile('secureVarsFile'),
];

export const terraformCli: AgentTask = {
  name: 'TerraformCLI',
  ids: [
    'charleszipp.azure-pipelines-tasks-terraform.azure-pipelines-tasks-terraform-cli.TerraformCLI',
  ],
  versions: [0, 1, 2],
  runsOn: 'agent',
  openInputs: true,
  inputs: [
    ...commonInputs,
    input.text('backendType', { default: 'selfConfigured' }),
    input.connection('backendServiceArm'),
    input.connection('environmentServiceName', { aliases: ['environmentServiceNameAzureRM'] }),
    input.text('backendAzureRmResourceGroupName'),
    input.text('backendAzureRmStorageAccountName'),
    input.text('backendAzureRmContainerName'),
    input.text('backendAzureRmKey'),
    input.flag('ensureBackend', false),
    input.text('backendAzureRmResourceGroupLocation'),
    input.text('backendAzureRmStorageAccountSku', { default: 'Standard_RAGRS' }),
    input.text('workspaceSubCommand'),
    input.text('workspaceName'),
    input.flag('allowTelemetryCollection', false),
  ],
  run: terraform,
};

export const terraformTask: AgentTask = {
  name: 'TerraformTaskV1',
  ids: ['TerraformTask', 'TerraformTaskV2', 'TerraformTaskV3', 'TerraformTaskV4'],
  versions: [0, 1, 2, 3, 4, 5],
  runsOn: 'agent',
  openInputs: true,
  inputs: [
    ...commonInputs,
    input.text('provider', { default: 'azurerm' }),
    input.text('customCommand'),
    input.text('outputTo'),
    input.text('outputFormat'),
    input.connection('backendServiceArm'),
    input.connection('environmentServiceName', {
      aliases: ['environmentServiceNameAzureRM', 'environmentServiceNameAWS'],
    }),
    input.text('backendAzureRmResourceGroupName'),
    input.text('backendAzureRmStorageAccountName'),
    input.text('backendAzureRmContainerName'),
    input.text('backendAzureRmKey'),
  ],
  run: terraform,
};
