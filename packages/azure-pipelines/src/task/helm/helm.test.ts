import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cluster } from '../kubernetes/cluster.fixture.ts';
import { principal, withStep } from '../testing.fixture.ts';
import { helmDeploy, helmInstaller } from './helm.ts';

// The program is a script of the test's own.

describe('HelmDeploy', () => {
  const inputs = {
    connectionType: 'Kubernetes Service Connection',
    kubernetesServiceConnection: 'mlops-aks',
    command: 'upgrade',
    chartType: 'FilePath',
    chartPath: 'charts/abtest',
    releaseName: 'model-blue',
    namespace: 'abtesting',
    overrideValues: 'weight.blue=50\nweight.green=50',
    arguments: '--timeout 5m',
  };

  it('upgrades a release against the cluster of its connection', () =>
    withStep(async (step) => {
      await step.addProgram('helm', 'cat "$KUBECONFIG"');
      step.connections.set('mlops-aks', cluster);
      expect(await step.run(helmDeploy, inputs)).toEqual({ result: 'succeeded' });
      const chart = join(step.folders.sources, 'charts/abtest');
      expect(await step.calls()).toEqual([
        `helm upgrade --install --wait --set weight.blue=50,weight.green=50 model-blue ${chart} --namespace abtesting --timeout 5m`,
      ]);
      expect(step.log).toContain('"server":"https://k8s:6443"');
      expect(step.log).toContain('"token":"a.b.c"');
    }));

  it('gets the credentials of an AKS cluster', () =>
    withStep(async (step) => {
      await step.addProgram('helm');
      await step.addProgram('az');
      step.connections.set('azure', principal('azure'));
      await step.run(helmDeploy, {
        command: 'delete',
        releaseName: 'model-blue',
        azureSubscription: 'azure',
        azureResourceGroup: 'rg',
        kubernetesCluster: 'aks',
      });
      const [, credentials, remove] = await step.calls();
      expect(credentials).toMatch(/^az aks get-credentials --resource-group rg --name aks --file /);
      expect(remove).toBe('helm delete model-blue');
    }));

  it('packages a chart without any cluster', () =>
    withStep(async (step) => {
      await step.addProgram('helm');
      await step.run(helmDeploy, {
        command: 'package',
        chartType: 'FilePath',
        chartPath: 'c',
        destination: 'out',
      });
      const { sources } = step.folders;
      expect(await step.calls()).toEqual([
        `helm package --destination ${sources}/out ${sources}/c`,
      ]);
    }));

  it('without helm says what to do', () =>
    withStep(async (step) => {
      step.environment.PATH = step.root;
      expect((await step.run(helmInstaller)).message).toContain('Install Helm 3');
    }));
});
