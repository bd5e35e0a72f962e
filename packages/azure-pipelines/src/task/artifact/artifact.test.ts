import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type TestStep, tree, withStep } from '../testing.fixture.ts';
import { ignoring } from './artifact-ignore.ts';
import {
  downloadBuildArtifacts,
  downloadPipelineArtifact,
  patternsInside,
} from './download-artifacts.ts';
import { publishBuildArtifacts, publishPipelineArtifact } from './publish-artifacts.ts';

async function put(step: TestStep, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(step.folders.workspace, path)), { recursive: true });
    await writeFile(join(step.folders.workspace, path), text);
  }
}

describe('artifacts', () => {
  it('row 15.32: with an artifact, `download` puts files in a folder of its name', () =>
    withStep(async (step) => {
      await put(step, { 's/out/model.json': '{}', 's/out/logs/a.txt': 'a' });
      await step.run(publishPipelineArtifact, { path: 'out', artifact: 'drop' });
      // What the shortcut `download: current` with `artifact: drop` comes to.
      const path = join(step.folders.workspace, 'drop');
      await step.run(downloadPipelineArtifact, { source: 'current', artifact: 'drop', path });
      expect(await tree(path)).toEqual(['logs/a.txt', 'model.json']);
    }));

  it('row 15.33: the task with an artifact and a path puts files right into the path', () =>
    withStep(async (step) => {
      await put(step, { 's/out/model.json': '{}' });
      await step.run(publishPipelineArtifact, { targetPath: 'out', artifactName: 'drop' });
      await step.run(downloadPipelineArtifact, { artifact: 'drop', path: 'X' });
      expect(await tree(join(step.folders.sources, 'X'))).toEqual(['model.json']);
    }));

  it('row 14.22: without an artifact each gets a folder below the path', () =>
    withStep(async (step) => {
      await put(step, { 's/out/a': '', 's/more/b': '', 's/more/c.md': '' });
      await step.run(publishPipelineArtifact, { path: 'out', artifact: 'one' });
      await step.run(publishPipelineArtifact, { path: 'more', artifact: 'two' });
      await step.run(downloadPipelineArtifact, { path: 'all' });
      expect(await tree(join(step.folders.sources, 'all'))).toEqual(['one/a', 'two/b', 'two/c.md']);
      await step.run(downloadPipelineArtifact, { path: 'some', patterns: 'two/**\n!**/*.md' });
      expect(await tree(join(step.folders.sources, 'some'))).toEqual(['two/b']);
    }));

  it('patterns choose files of an artifact', () =>
    withStep(async (step) => {
      await put(step, { 's/out/a.json': '', 's/out/b.md': '', 's/out/d/e.json': '' });
      await step.run(publishPipelineArtifact, { path: 'out', artifact: 'drop' });
      const inputs = { artifact: 'drop', path: 'X', patterns: '**/*.json\n!d/**' };
      await step.run(downloadPipelineArtifact, inputs);
      expect(await tree(join(step.folders.sources, 'X'))).toEqual(['a.json']);
    }));

  it('an artifact of a pipeline resource comes from its run', () =>
    withStep(async (step) => {
      const file = join(step.root, 'store', 'model-train', 'model', 'model.json');
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, '{"version":3}');
      await step.run(downloadPipelineArtifact, {
        source: 'model-train',
        artifact: 'model',
        path: 'bin',
      });
      const found = await readFile(join(step.folders.sources, 'bin', 'model.json'), 'utf8');
      expect(found).toBe('{"version":3}');
    }));

  it('a name that is not there is told with the names that are', () =>
    withStep(async (step) => {
      await put(step, { 's/out/a': '' });
      await step.run(publishPipelineArtifact, { path: 'out', artifact: 'model' });
      const { result, message } = await step.run(downloadPipelineArtifact, { artifact: 'modle' });
      expect(result).toBe('failed');
      expect(message).toContain('It has: model. Did you mean "model"?');
    }));

  it('without artifacts, downloading all of them succeeds', () =>
    withStep(async (step) => {
      expect(await step.run(downloadPipelineArtifact, {})).toEqual({ result: 'succeeded' });
    }));

  it('another run is asked for by its pipeline, and needs an id when it is a specific one', () =>
    withStep(async (step) => {
      const inputs = { source: 'specific', artifact: 'a' };
      expect((await step.run(downloadPipelineArtifact, inputs)).message).toContain("'pipeline'");
      const specific = { ...inputs, pipeline: 'CI', runVersion: 'specific' };
      expect((await step.run(downloadPipelineArtifact, specific)).message).toContain(
        "'pipelineId'",
      );
    }));

  it('without a name an artifact takes that of its job', () =>
    withStep(async (step) => {
      await put(step, { 's/out/a': '' });
      await step.run(publishPipelineArtifact, { path: 'out' });
      expect(step.log).toContain('as artifact Build.Test.__default');
    }));

  it.each(['a/b', 'a:b', 'what?', '..', 'a\tb'])('the name %j is refused', (artifact) =>
    withStep(async (step) => {
      await put(step, { 's/out/a': '' });
      const { message } = await step.run(publishPipelineArtifact, { path: 'out', artifact });
      expect(message).toContain('artifact name');
    }),
  );

  it('a path that is not there is refused', () =>
    withStep(async (step) => {
      const outcome = await step.run(publishPipelineArtifact, { path: 'none', artifact: 'a' });
      expect(outcome.message).toContain(join(step.folders.sources, 'none'));
    }));

  it('the older tasks publish from the staging folder, merge, and download below the name', () =>
    withStep(async (step) => {
      await put(step, { 'a/one.txt': '' });
      await step.run(publishBuildArtifacts);
      await put(step, { 's/two.txt': '' });
      await step.run(publishBuildArtifacts, { PathtoPublish: 'two.txt', ArtifactName: 'drop' });
      await step.run(downloadBuildArtifacts, { artifactName: 'drop', downloadPath: 'in' });
      expect(await tree(join(step.folders.sources, 'in'))).toEqual([
        'drop/one.txt',
        'drop/two.txt',
      ]);
    }));

  it('a file share takes a copy instead', () =>
    withStep(async (step) => {
      await put(step, { 's/out/a': '' });
      const inputs = {
        path: 'out',
        artifact: 'drop',
        publishLocation: 'filepath',
        fileSharePath: 'share',
      };
      await step.run(publishPipelineArtifact, inputs);
      expect(await tree(join(step.folders.sources, 'share'))).toEqual(['drop/a']);
    }));
});

describe('.artifactignore', () => {
  it.each([
    ['.git', '.git/config', true],
    ['*.log', 'deep/a.log', true],
    ['/*.log', 'deep/a.log', false],
    ['node_modules/', 'a/node_modules/b/c', true],
    ['build/out', 'build/out/x', true],
    ['build/out', 'other/build/out/x', false],
    ['**/*\n!keep.txt', 'keep.txt', false],
    ['**/*\n!keep.txt', 'drop.txt', true],
    ['# a comment', '# a comment', false],
  ])('%j leaves %s out: %s', (lines, path, left) => {
    expect(ignoring(lines.split('\n'))(path)).toBe(left);
  });

  it('without the file only .git stays out; an empty one lets it in', () =>
    withStep(async (step) => {
      await put(step, { 's/out/.git/config': '', 's/out/a': '' });
      await step.run(publishPipelineArtifact, { path: 'out', artifact: 'one' });
      await put(step, { 's/out/.artifactignore': '' });
      await step.run(publishPipelineArtifact, { path: 'out', artifact: 'two' });
      const store = join(step.root, 'store', 'this-run');
      expect(await tree(join(store, 'one'))).toEqual(['a']);
      expect(await tree(join(store, 'two'))).toEqual(['.artifactignore', '.git/config', 'a']);
    }));
});

describe('a pattern that begins with an artifact', () => {
  it.each([
    ['drop/**', ['**']],
    ['drop', ['**']],
    ['**', ['**']],
    ['!drop/a.txt', ['!a.txt']],
    ['other/**', []],
    ['*/a.txt', ['a.txt']],
  ])('%s inside of `drop` is %j', (line, inside) => {
    expect(patternsInside(line, 'drop')).toEqual(inside);
  });
});
