import { describe, expect, it } from 'vitest';
import { withStep } from '../testing.fixture.ts';
import { cluster } from './cluster.fixture.ts';
import { kubernetes } from './kubernetes.ts';
import { kubernetesManifest } from './kubernetes-manifest.ts';
import { replaceImages } from './replace-images.ts';

// The program is a script of the test's own.

describe('Kubernetes', () => {
  it('runs a command over inline configuration and gives its output to later steps', () =>
    withStep(async (step) => {
      await step.addProgram('kubectl', 'echo applied');
      step.connections.set('mlops-aks', cluster);
      await step.run(kubernetes, {
        kubernetesServiceConnection: 'mlops-aks',
        namespace: 'ns',
        useConfigurationFile: 'true',
        configurationType: 'inline',
        inline: 'kind: Pod',
      });
      expect((await step.calls())[0]).toMatch(/^kubectl apply -f .*\.yaml --namespace ns$/);
      expect(step.set.get('KubectlOutput')).toBe('applied');
    }));

  it('deploys manifests with the images of the run', () =>
    withStep(async (step) => {
      await step.addProgram('kubectl', 'cat "$3"');
      await step.put({ 'k8s/deploy.yml': 'image: registry/score:old\n' });
      await step.run(kubernetesManifest, {
        connectionType: 'none',
        manifests: 'k8s/*.yml',
        containers: 'registry/score:7',
      });
      expect(step.lines).toContain('image: registry/score:7');
    }));

  it('bakes a chart into a file that a later step deploys', () =>
    withStep(async (step) => {
      await step.addProgram('helm', 'echo "kind: Baked"');
      await step.run(kubernetesManifest, {
        action: 'bake',
        helmChart: 'chart',
        overrides: 'replicas:2',
      });
      expect((await step.calls())[0]).toMatch(/^helm template release .*\/chart --set replicas=2$/);
      expect(step.set.get('manifestsBundle')).toMatch(/\.yaml$/);
    }));

  it.each([
    [{ action: 'promote' }, 'canary deployments'],
    [{ strategy: 'canary' }, 'not built here'],
    [{ manifests: 'none.yml' }, 'fits no file'],
  ])('%j is refused', (inputs, why) =>
    withStep(async (step) => {
      await step.addProgram('kubectl');
      const { message } = await step.run(kubernetesManifest, { connectionType: 'none', ...inputs });
      expect(message).toContain(why);
    }),
  );

  it('images keep their quotes, and others are left as they are', () => {
    const manifest = 'image: "r:5000/a:1"\n  - image: b # note\nimage: c@sha256:1';
    const replaced = replaceImages(manifest, ['r:5000/a:2', 'b:3']);
    expect(replaced).toBe('image: "r:5000/a:2"\n  - image: b:3 # note\nimage: c@sha256:1');
  });
});
