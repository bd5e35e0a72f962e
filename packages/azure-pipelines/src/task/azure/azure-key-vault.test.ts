import { describe, expect, it } from 'vitest';
import { withStep } from '../testing.fixture.ts';
import { azureKeyVault } from './azure-key-vault.ts';
import { withAz } from './with-az.fixture.ts';

describe('AzureKeyVault', () => {
  const inputs = { azureSubscription: 'azure', KeyVaultName: 'vault' };

  it("takes the host's secrets as secret variables", () =>
    withStep(async (step) => {
      step.vaults.set('vault', new Map(Object.entries({ KEY: 'k', OTHER: 'o' })));
      await step.run(azureKeyVault, inputs);
      expect(Object.fromEntries(step.set)).toEqual({ KEY: 'k', OTHER: 'o' });
      expect(step.setOptions.get('KEY')).toEqual({ secret: true });
      expect(step.log).not.toMatch(/\bk\b/);
    }));

  it('takes those that the filter names, and tells of one that is not there', () =>
    withStep(async (step) => {
      step.vaults.set('vault', new Map(Object.entries({ KEY: 'k', OTHER: 'o' })));
      await step.run(azureKeyVault, { ...inputs, SecretsFilter: 'KEY' });
      expect([...step.set.keys()]).toEqual(['KEY']);
      const { message } = await step.run(azureKeyVault, { ...inputs, SecretsFilter: 'KEY, NONE' });
      expect(message).toContain("no secret 'NONE'; it has: KEY, OTHER");
    }));

  it('asks Azure for a vault that the host does not keep', () =>
    withAz(
      'case "$*" in *"secret list"*) echo \'["A","B"]\';; *"secret show"*) echo \'"value of it"\';; esac',
      async (step) => {
        await step.run(azureKeyVault, inputs);
        expect(Object.fromEntries(step.set)).toEqual({ A: 'value of it', B: 'value of it' });
      },
    ));

  it('runs before the job where asked to, and then not again', () =>
    withStep(async (step) => {
      step.vaults.set('vault', new Map([['KEY', 'k']]));
      await step.runAll(azureKeyVault, { ...inputs, RunAsPreJob: 'true' });
      expect(step.lines.filter((line) => line.startsWith('Fetched'))).toHaveLength(1);
    }));
});
