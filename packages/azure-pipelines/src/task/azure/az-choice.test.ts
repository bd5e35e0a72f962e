// Which `az` a step finds, and how the stand-in of the host gets at its workspace.
import { mkdir, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { principal, type TestStep, withStep } from '../testing.fixture.ts';
import { withAzStandIn, withoutAzStandIn } from './az-choice.ts';
import { azureCli1 } from './azure-cli.ts';
import { azureKeyVault } from './azure-key-vault.ts';
import { azureWebAppContainer } from './web-app.ts';

const script = { azureSubscription: 'azure', scriptLocation: 'inlineScript' };
const none = { ...principal('azure'), scheme: 'None', parameters: {} };

/** A step with a real `az` on its PATH, and the host's stand-in before it. */
async function withBoth(test: (step: TestStep) => Promise<void>): Promise<void> {
  await withStep(async (step) => {
    await step.addProgram('az', 'echo the real one');
    const folder = join(step.root, 'stand-in');
    await mkdir(folder);
    const says = `#!/bin/sh\necho "stand-in $* <$RIDGELINE_URL|$RIDGELINE_TOKEN>"\necho "$AZURE_CORE_ONLY_SHOW_ERRORS"\n`;
    await writeFile(join(folder, 'az'), says, { mode: 0o755 });
    Object.assign(step.environment, withAzStandIn(step.environment, folder));
    step.connections.set('azure', none);
    await test(step);
  });
}

describe('the environment of a host with a stand-in', () => {
  it('has it first on the PATH, and can be had without it', () => {
    const env = withAzStandIn({ Path: ['/a', '/b'].join(delimiter), X: '1' }, '/stand-in');
    expect(env).toMatchObject({ Path: ['/stand-in', '/a', '/b'].join(delimiter), X: '1' });
    expect(withoutAzStandIn(env)).toMatchObject({ Path: ['/a', '/b'].join(delimiter) });
    expect(withAzStandIn({}, '/stand-in')).toMatchObject({ PATH: '/stand-in' });
  });

  it('without one is left as it is', () => {
    const env = { PATH: '/a' };
    expect(withoutAzStandIn(env)).toBe(env);
  });
});

describe('a step', () => {
  it('gets the stand-in, with the token of the job', () =>
    withBoth(async (step) => {
      step.variables.set('system.accesstoken', 'job-token');
      await step.run(azureCli1, { ...script, inlineScript: 'az account show' });
      expect(step.lines.join()).toContain('stand-in account show <|job-token>');
      expect(await step.calls()).toEqual([]);
    }));

  it.each<readonly [string, (step: TestStep) => void]>([
    ['the variable', ({ environment }) => Object.assign(environment, { RIDGELINE_AZ: 'real' })],
    [
      'the connection',
      ({ connections }) => connections.set('azure', { ...none, data: { AZ: 'Real' } }),
    ],
  ])('gets the real one where %s asks for it, in its scripts too', (_, ask) =>
    withBoth(async (step) => {
      step.variables.set('system.accesstoken', 'job-token');
      ask(step);
      const inlineScript = 'az group list; echo "<$RIDGELINE_TOKEN>"';
      await step.run(azureCli1, { ...script, inlineScript });
      expect(await step.calls()).toEqual(['az group list']);
      expect(step.lines.at(-1)).toBe('<>');
    }),
  );

  it('hears that the real one is missing, or that the choice is none', () =>
    withBoth(async (step) => {
      const PATH = [join(step.root, 'stand-in'), '/usr/bin', '/bin'].join(delimiter);
      Object.assign(step.environment, { PATH, RIDGELINE_AZ: 'real' });
      const missing = await step.run(azureCli1, { ...script, inlineScript: 'az' });
      expect(missing.message).toContain('The real Azure CLI is asked for');
      step.environment.RIDGELINE_AZ = 'other';
      const odd = await step.run(azureCli1, { ...script, inlineScript: 'az' });
      expect(odd.message).toContain('is none of stand-in, real');
    }));

  it('with a connection to a workspace has its address and token, which is masked', () =>
    withBoth(async (step) => {
      const parameters = { apitoken: 'of-connection' };
      const connection = { ...none, scheme: 'Token', url: 'http://ml.example', parameters };
      step.connections.set('azure', connection);
      await step.run(azureCli1, { ...script, inlineScript: 'az account show' });
      expect(step.lines.join()).toContain('<http://ml.example|of-connection>');
      expect(step.secrets).toContain('of-connection');
    }));

  it('that fails by standard error does not fail by what the stand-in says of itself', () =>
    withBoth(async (step) => {
      const strict = { ...script, inlineScript: 'az version', failOnStandardError: 'true' };
      await step.run(azureCli1, strict);
      expect(step.lines.at(-1)).toBe('true');
    }));
});

it('a task that works on Azure itself is told that the stand-in does not reach it', () =>
  withBoth(async (step) => {
    const inputs = { azureSubscription: 'azure', appName: 'app', imageName: 'image' };
    const { message } = await step.run(azureWebAppContainer, inputs);
    expect(message).toContain(
      "The task works on Azure itself, and the 'az' of this job is a stand-in",
    );
  }));

describe('AzureKeyVault with the stand-in', () => {
  const inputs = { azureSubscription: 'azure', KeyVaultName: 'mlops-kv', SecretsFilter: 'key' };

  it('takes the variable group of the name, and without one says so', () =>
    withBoth(async (step) => {
      const { message } = await step.run(azureKeyVault, inputs);
      expect(message).toContain("There is no variable group 'mlops-kv'");
      step.vaults.set('mlops-kv', new Map([['key', 'value']]));
      expect(await step.run(azureKeyVault, inputs)).toEqual({ result: 'succeeded' });
      expect(step.set.get('key')).toBe('value');
    }));
});
