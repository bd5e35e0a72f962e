import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findProgram } from '../program.ts';
import { principal, withStep } from '../testing.fixture.ts';
import { terraformCli, terraformInstaller, terraformTask } from './terraform.ts';

// The program is a script of the test's own, except where the real one is named.

describe('Terraform', () => {
  it('init takes the backend, with the credentials of its connection', () =>
    withStep(async (step) => {
      await step.addProgram(
        'terraform',
        'echo "$ARM_CLIENT_ID $ARM_TENANT_ID $ARM_SUBSCRIPTION_ID $PWD"',
      );
      await step.put({ 'tf/main.tf': '' });
      step.connections.set('azure', principal('azure', { subscriptionId: 'sub' }));
      const outcome = await step.run(terraformCli, {
        command: 'init',
        workingDirectory: 'tf',
        backendType: 'azurerm',
        backendServiceArm: 'azure',
        backendAzureRmResourceGroupName: 'rg',
        backendAzureRmStorageAccountName: 'mlopsstatestor',
        backendAzureRmContainerName: 'tfstate-cont',
        backendAzureRmKey: 'mlopsinfra.tfstate',
        commandOptions: '-upgrade',
      });
      expect(outcome).toEqual({ result: 'succeeded' });
      expect(await step.calls()).toEqual([
        'terraform init -backend-config=resource_group_name=rg -backend-config=storage_account_name=mlopsstatestor -backend-config=container_name=tfstate-cont -backend-config=key=mlopsinfra.tfstate -upgrade',
      ]);
      expect(step.lines.at(-1)).toBe(`app ten sub ${join(step.folders.sources, 'tf')}`);
    }));

  it('init makes the place of the state first, where asked to', () =>
    withStep(async (step) => {
      await step.addProgram('terraform');
      await step.addProgram('az');
      step.connections.set('azure', principal('azure'));
      await step.run(terraformCli, {
        command: 'init',
        backendType: 'azurerm',
        backendServiceArm: 'azure',
        ensureBackend: 'true',
        backendAzureRmResourceGroupLocation: 'centralus',
        backendAzureRmResourceGroupName: 'rg',
        backendAzureRmStorageAccountName: 'state',
        backendAzureRmStorageAccountSku: 'Standard_LRS',
        backendAzureRmContainerName: 'tfstate-cont',
      });
      expect((await step.calls()).slice(1)).toEqual([
        'az group create --name rg --location centralus',
        'az storage account create --name state --resource-group rg --sku Standard_LRS --encryption-services blob',
        'az storage container create --name tfstate-cont --account-name state',
        'terraform init -backend-config=resource_group_name=rg -backend-config=storage_account_name=state -backend-config=container_name=tfstate-cont',
      ]);
    }));

  it('apply and destroy need nobody to say yes', () =>
    withStep(async (step) => {
      await step.addProgram('terraform');
      await step.run(terraformTask, { command: 'apply', commandOptions: 'plan.out' });
      expect(await step.calls()).toEqual(['terraform apply -auto-approve plan.out']);
    }));

  it('a plan with a detailed exit code says whether there are changes', () =>
    withStep(async (step) => {
      await step.addProgram('terraform', 'exit 2');
      const plan = { command: 'plan', commandOptions: '-detailed-exitcode' };
      expect((await step.run(terraformCli, plan)).result).toBe('succeeded');
      expect(step.set.get('TERRAFORM_PLAN_HAS_CHANGES')).toBe('true');
      expect((await step.run(terraformCli, { command: 'plan' })).result).toBe('failed');
    }));

  it('the installer takes what is installed, and tells of another version than asked for', () =>
    withStep(async (step) => {
      await step.addProgram('terraform', 'echo "Terraform v1.5.0"');
      expect((await step.run(terraformInstaller, { terraformVersion: '1.5.0' })).result).toBe(
        'succeeded',
      );
      const other = await step.run(terraformInstaller, { terraformVersion: '0.12.24' });
      expect(other).toMatchObject({ result: 'succeededWithIssues' });
      expect(other.message).toContain('0.12.24 was asked for, and 1.5.0 is installed');
    }));

  it('the real program validates a configuration where it is installed, and else it is told', () =>
    withStep(async (step) => {
      await step.put({
        'main.tf': 'variable "base_name" {}\noutput "name" { value = var.base_name }',
      });
      const outcome = await step.run(terraformCli, { command: 'validate' });
      if (findProgram('terraform', step.environment) === undefined) {
        expect(outcome.message).toContain('Install Terraform');
      } else expect(step.log).toContain('Success!');
    }));
});
