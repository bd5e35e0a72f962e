import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ServiceConnection } from '../service-connection.ts';
import { type TestStep, withStep } from '../testing.fixture.ts';
import { npmAuthenticate } from './npm-authenticate.ts';
import { pipAuthenticate, twineAuthenticate } from './python-feeds.ts';

function addFeed(step: TestStep, name: string, url: string): void {
  const parameters = { username: 'u', password: 'p@ss' };
  const feed: ServiceConnection = {
    id: name,
    name,
    type: 'generic',
    url,
    scheme: 'UsernamePassword',
    parameters,
    data: {},
  };
  step.connections.set(name, feed);
}

describe('PipAuthenticate', () => {
  const inputs = { pythonDownloadServiceConnections: 'one, two' };

  it('gives pip its feeds, with their passwords masked as they stand in the addresses', () =>
    withStep(async (step) => {
      addFeed(step, 'one', 'https://one.example/simple');
      addFeed(step, 'two', 'https://two.example/simple');
      await step.run(pipAuthenticate, inputs);
      expect(Object.fromEntries(step.set)).toEqual({
        PIP_INDEX_URL: 'https://u:p%40ss@one.example/simple',
        PIP_EXTRA_INDEX_URL: 'https://u:p%40ss@two.example/simple',
      });
      expect(step.secrets).toEqual(expect.arrayContaining(['p@ss', 'p%40ss']));
    }));

  it('adds them all to those that pip has, where asked to', () =>
    withStep(async (step) => {
      addFeed(step, 'one', 'https://one.example/simple');
      addFeed(step, 'two', 'https://two.example/simple');
      await step.run(pipAuthenticate, { ...inputs, onlyAddExtraIndex: 'true' });
      expect([...step.set.keys()]).toEqual(['PIP_EXTRA_INDEX_URL']);
    }));

  it('tells of feeds that cannot be reached', () =>
    withStep(async (step) => {
      const { message } = await step.run(pipAuthenticate, { artifactFeeds: 'team/feed' });
      expect(message).toContain('a feed of Azure Artifacts');
      addFeed(step, 'one', 'nowhere');
      expect((await step.run(pipAuthenticate, inputs)).message).toContain('no URL');
    }));
});

describe('TwineAuthenticate', () => {
  it('leaves its file for the length of the job', () =>
    withStep(async (step) => {
      addFeed(step, 'one', 'https://one.example/upload');
      const inputs = { pythonUploadServiceConnection: 'one' };
      const file = join(step.folders.temp, 'twine', '.pypirc');
      await step.runAll(twineAuthenticate, inputs, 'succeeded', async () => {
        const text = await readFile(step.set.get('PYPIRC_PATH') ?? '', 'utf8');
        expect(text).toContain(
          '[one]\nrepository=https://one.example/upload\nusername=u\npassword=p@ss',
        );
      });
      await expect(stat(file)).rejects.toThrow('ENOENT');
    }));
});

describe('NpmAuthenticate', () => {
  it('writes the credential beside the registry, and puts the file back', () =>
    withStep(async (step) => {
      const text = 'registry=https://npm.example/team\n@x:registry=https://other.example/\n';
      await step.put({ '.npmrc': text });
      addFeed(step, 'npm', 'https://npm.example/team');
      const file = join(step.folders.sources, '.npmrc');
      const inputs = { workingFile: '.npmrc', customEndpoint: 'npm' };
      await step.runAll(npmAuthenticate, inputs, 'succeeded', async () => {
        const changed = await readFile(file, 'utf8');
        expect(changed).toBe(`${text}//npm.example/team/:_authToken=p@ss\n`);
      });
      expect(await readFile(file, 'utf8')).toBe(text);
      expect(step.log).toContain(
        "type=warning]No service connection of 'customEndpoint' is for https://other",
      );
    }));
});
