import { chmod } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { principal, withStep } from '../testing.fixture.ts';
import { azureCli1, azureCli2 } from './azure-cli.ts';
import { withAz } from './with-az.fixture.ts';

const login = 'az login --service-principal -u app -p s3cret --tenant ten --allow-no-subscriptions';
const choose = 'az account set --subscription sub-1';

describe('AzureCLI', () => {
  const inputs = { azureSubscription: 'azure', scriptLocation: 'inlineScript' };

  it('signs in, in a folder of its own, and runs the script with its arguments', () =>
    withAz('', async (step) => {
      const inlineScript = 'echo "$AZURE_CONFIG_DIR"; echo "[$1]"; az account show';
      const outcome = await step.run(azureCli1, { ...inputs, inlineScript, args: '"a b"' });
      expect(outcome).toEqual({ result: 'succeeded' });
      expect(await step.calls()).toEqual([login, choose, 'az account show']);
      expect(step.log).toContain('.azclitask-');
      expect(step.lines.at(-1)).toBe('[a b]');
    }));

  it('never logs the secret, and has it masked', () =>
    withAz('echo "$*"', async (step) => {
      await step.run(azureCli1, { ...inputs, inlineScript: 'true' });
      expect(step.log).not.toContain('s3cret');
      expect(step.secrets).toContain('s3cret');
    }));

  it('gives the principal to the script only where asked to', () =>
    withAz('', async (step) => {
      const inlineScript = 'echo "<$servicePrincipalId|$servicePrincipalKey|$tenantId>"';
      await step.run(azureCli1, { ...inputs, inlineScript });
      expect(step.lines.at(-1)).toBe('<||>');
      await step.run(azureCli1, { ...inputs, inlineScript, addSpnToEnvironment: 'true' });
      expect(step.lines.at(-1)).toBe('<app|s3cret|ten>');
    }));

  it('runs a script file, by bash', () =>
    withAz('', async (step) => {
      await step.put({ 'deploy.sh': 'echo "deploying $1"' });
      await step.run(azureCli2, {
        connectedServiceNameARM: 'azure',
        scriptType: 'bash',
        scriptPath: 'deploy.sh',
        arguments: 'aci',
      });
      expect(step.lines.at(-1)).toBe('deploying aci');
    }));

  it('fails with the script', () =>
    withAz('', async (step) => {
      const outcome = await step.run(azureCli1, { ...inputs, inlineScript: 'exit 4' });
      expect(outcome.message).toBe("Bash exited with code '4'.");
    }));

  it('fails where signing in fails, with its cause', () =>
    withAz('echo "AADSTS7000215: wrong secret" >&2; exit 1', async (step) => {
      const outcome = await step.run(azureCli1, { ...inputs, inlineScript: 'true' });
      expect(outcome.message).toBe("'az login' exited with code 1: AADSTS7000215: wrong secret");
    }));

  it.each([
    ['ManagedServiceIdentity', 'az login --identity'],
    ['None', choose],
  ])('a connection with the scheme %s', (scheme, first) =>
    withAz('', async (step) => {
      step.connections.set('azure', { ...principal('azure', { subscriptionId: 'sub-1' }), scheme });
      await step.run(azureCli1, { ...inputs, inlineScript: 'true' });
      expect((await step.calls())[0]).toBe(first);
    }),
  );

  it('tells of a connection that is not there, and of a variable that has no value', () =>
    withAz('', async (step) => {
      const other = await step.run(azureCli1, {
        ...inputs,
        azureSubscription: 'x',
        inlineScript: 'a',
      });
      expect(other.message).toContain("no service connection 'x'");
      const macro = {
        ...inputs,
        azureSubscription: '$(AZURE_RM_SVC_CONNECTION)',
        inlineScript: 'a',
      };
      const message = "The variable 'AZURE_RM_SVC_CONNECTION' has no value";
      expect((await step.run(azureCli1, macro)).message).toContain(message);
    }));

  it('without an `az` says what to do', () =>
    withStep(async (step) => {
      step.connections.set('azure', principal('azure'));
      step.environment.PATH = join(step.root, 'bin');
      await step.addProgram('bash');
      await chmod(join(step.root, 'bin', 'bash'), 0o755);
      const outcome = await step.run(azureCli1, { ...inputs, inlineScript: 'true' });
      expect(outcome.message).toContain(
        "'az' is not on this machine's PATH. Install the Azure CLI",
      );
    }));
});
