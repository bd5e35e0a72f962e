import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ServiceConnection } from '../service-connection.ts';
import { withStep } from '../testing.fixture.ts';
import { docker } from './docker.ts';

// The program is a script of the test's own.

const registry: ServiceConnection = {
  id: 'r',
  name: 'acr',
  type: 'dockerregistry',
  scheme: 'UsernamePassword',
  parameters: { username: 'u', password: 'p4ss', registry: 'https://mlops.azurecr.io/' },
  data: {},
};

describe('Docker', () => {
  it('builds and pushes every tag under the credentials of the registry', () =>
    withStep(async (step) => {
      await step.addProgram('docker', 'if [ "$1" = login ]; then cat > "$HOME/stdin"; fi');
      await step.put({ 'env/Dockerfile': '' });
      step.connections.set('acr', registry);
      step.variables.set('build.sourceversion', 'c0ffee');
      const outcome = await step.run(docker, {
        containerRegistry: 'acr',
        repository: 'mlops/Python',
        tags: 'build-7\nlatest',
        Dockerfile: '**/Dockerfile',
      });
      expect(outcome).toEqual({ result: 'succeeded' });
      const folder = join(step.folders.sources, 'env');
      expect(await step.calls()).toEqual([
        'docker login --username u --password-stdin mlops.azurecr.io',
        `docker build -f ${folder}/Dockerfile --label com.azure.dev.image.build.sourceversion=c0ffee -t mlops.azurecr.io/mlops/python:build-7 -t mlops.azurecr.io/mlops/python:latest ${folder}`,
        'docker push mlops.azurecr.io/mlops/python:build-7',
        'docker push mlops.azurecr.io/mlops/python:latest',
      ]);
      expect(step.log).not.toContain('p4ss');
    }));

  it('builds with arguments and a context, without a registry', () =>
    withStep(async (step) => {
      await step.addProgram('docker');
      await step.put({ 'env/Dockerfile': '' });
      await step.run(docker, {
        command: 'build',
        repository: 'score',
        tags: '1',
        Dockerfile: 'env/Dockerfile',
        buildContext: '.',
        addPipelineData: 'false',
        arguments: '--build-arg A="b c"',
      });
      const { sources } = step.folders;
      expect(await step.calls()).toEqual([
        `docker build -f ${sources}/env/Dockerfile -t score:1 --build-arg A=b c ${sources}`,
      ]);
    }));

  it('fails with what docker says', () =>
    withStep(async (step) => {
      await step.addProgram('docker', 'exit 9');
      const { message } = await step.run(docker, { command: 'stop', container: 'x' });
      expect(message).toBe("'docker' exited with code 9");
    }));
});
