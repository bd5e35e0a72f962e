import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  azureResourceGroupDeployment,
  azureResourceManagerTemplateDeployment,
} from './arm-tasks.ts';
import { parseOverrides } from './override-parameters.ts';
import { withAz } from './with-az.fixture.ts';

describe('ARM deployments', () => {
  const inputs = {
    azureSubscription: 'azure',
    resourceGroupName: 'mlops-RG',
    location: 'centralus',
    csmFile: 'arm/*.json',
    overrideParameters: '-baseName mlops -location "central us" -sku basic',
    deploymentOutputs: 'outputs',
  };
  const answers = `case "$*" in
    "group exists"*) echo "\${GROUP_EXISTS:-false}";;
    "deployment"*) echo '{"properties":{"outputs":{"name":{"value":"ws"}}}}';;
  esac`;

  it('make the group where it is missing, and deploy with the overrides', () =>
    withAz(answers, async (step) => {
      await step.put({ 'arm/cloud.json': '{}' });
      const outcome = await step.run(azureResourceGroupDeployment, inputs);
      expect(outcome).toEqual({ result: 'succeeded' });
      const [, , , create, deploy] = await step.calls();
      expect(create).toBe('az group create --name mlops-RG --location centralus');
      const file = join(step.folders.sources, 'arm/cloud.json');
      expect(deploy).toBe(
        `az deployment group create --resource-group mlops-RG --mode Incremental --template-file ${file} --parameters baseName=mlops location=central us sku=basic --output json`,
      );
      expect(step.set.get('outputs')).toBe('{"name":{"value":"ws"}}');
    }));

  it('validate only, where that is the mode', () =>
    withAz(answers, async (step) => {
      await step.put({ 'arm/cloud.json': '{}' });
      step.environment.GROUP_EXISTS = 'true';
      await step.run(azureResourceManagerTemplateDeployment, {
        ...inputs,
        azureResourceManagerConnection: 'azure',
        deploymentMode: 'Validation',
      });
      expect((await step.calls()).at(-1)).toContain('deployment group validate --resource-group');
    }));

  it('delete the group, or have nothing to delete', () =>
    withAz(answers, async (step) => {
      const remove = { ...inputs, action: 'DeleteRG' };
      await step.run(azureResourceGroupDeployment, remove);
      expect((await step.calls()).some((call) => call.includes('group delete'))).toBe(false);
      step.environment.GROUP_EXISTS = 'true';
      await step.run(azureResourceGroupDeployment, remove);
      expect((await step.calls()).at(-1)).toBe('az group delete --name mlops-RG --yes');
    }));

  it('need exactly one template', () =>
    withAz(answers, async (step) => {
      await step.put({ 'arm/a.json': '{}', 'arm/b.json': '{}' });
      const outcome = await step.run(azureResourceGroupDeployment, inputs);
      expect(outcome.message).toContain('fits 2 files; expected exactly one');
    }));

  it.each([
    ['-a 1 -b "x y"', ['a=1', 'b=x y']],
    ['-a -5 -b', ['a=-5', 'b=']],
    ['', []],
  ])('overrides %j', (text, parsed) => {
    expect(parseOverrides(text)).toEqual(parsed);
  });
});
