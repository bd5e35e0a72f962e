import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { azureWebApp, azureWebAppContainer } from './web-app.ts';
import { withAz } from './with-az.fixture.ts';

describe('web apps', () => {
  it('take an image, in the group that they are found in', () =>
    withAz(
      'case "$*" in "resource list"*) echo my-group;; *show*) echo x.azurewebsites.net;; esac',
      async (step) => {
        const outcome = await step.run(azureWebAppContainer, {
          azureSubscription: 'azure',
          appName: 'scoring',
          resourceGroupName: '',
          imageName: 'registry.azurecr.io/score:1',
        });
        expect(outcome).toEqual({ result: 'succeeded' });
        expect((await step.calls()).slice(-3, -1)).toEqual([
          'az webapp config container set --name scoring --resource-group my-group --docker-custom-image-name registry.azurecr.io/score:1',
          'az webapp restart --name scoring --resource-group my-group',
        ]);
        expect(step.set.get('AppServiceApplicationUrl')).toBe('https://x.azurewebsites.net');
        expect(step.setOptions.get('AppServiceApplicationUrl')).toEqual({ output: true });
      },
    ));

  it('an app that is not there is told', () =>
    withAz('', async (step) => {
      const inputs = { azureSubscription: 'azure', appName: 'scoring', imageName: 'x' };
      const { message } = await step.run(azureWebAppContainer, inputs);
      expect(message).toContain("no app 'scoring'");
    }));

  it('take a package, in a slot, and settings that are not logged', () =>
    withAz('', async (step) => {
      await step.put({ 'app.zip': '' });
      await step.run(azureWebApp, {
        azureSubscription: 'azure',
        appName: 'web',
        resourceGroupName: 'rg',
        deployToSlotOrASE: 'true',
        slotName: 'next',
        package: '**/*.zip',
        appSettings: '-KEY hush -OTHER "a b"',
      });
      const file = join(step.folders.sources, 'app.zip');
      expect((await step.calls()).slice(-3, -1)).toEqual([
        'az webapp config appsettings set --name web --resource-group rg --slot next --settings KEY=hush OTHER=a b',
        `az webapp deploy --name web --resource-group rg --slot next --src-path ${file}`,
      ]);
      expect(step.log).not.toContain('hush');
    }));
});
