import { readFile, stat, symlink, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findProgram } from '../program.ts';
import { tree, withStep } from '../testing.fixture.ts';
import { archiveFiles } from './archive-files.ts';
import { copyFiles } from './copy-files.ts';
import { deleteFiles } from './delete-files.ts';
import { extractFiles } from './extract-files.ts';

const files = { 'a.txt': 'a', 'b/c.txt': 'c', 'b/d.md': 'd', '.dot/e.txt': 'e' };

describe('CopyFiles', () => {
  it('keeps the tree, with what the patterns choose', () =>
    withStep(async (step) => {
      await step.put(files);
      const target = join(step.folders.staging, 'out');
      const inputs = { Contents: '**/*.txt\n!b/**', TargetFolder: target };
      expect(await step.run(copyFiles, inputs)).toEqual({ result: 'succeeded' });
      expect(await tree(target)).toEqual(['.dot/e.txt', 'a.txt']);
    }));

  it('flattens where asked to', () =>
    withStep(async (step) => {
      await step.put(files);
      await step.run(copyFiles, {
        SourceFolder: 'b',
        TargetFolder: 'flat',
        flattenFolders: 'true',
      });
      expect(await tree(join(step.folders.sources, 'flat'))).toEqual(['c.txt', 'd.md']);
    }));

  it('overwrites only where asked to', () =>
    withStep(async (step) => {
      await step.put({ 'in/a.txt': 'new', 'out/a.txt': 'old' });
      const read = () => readFile(join(step.folders.sources, 'out/a.txt'), 'utf8');
      const inputs = { SourceFolder: 'in', TargetFolder: 'out' };
      await step.run(copyFiles, inputs);
      expect(await read()).toBe('old');
      await step.run(copyFiles, { ...inputs, OverWrite: 'true' });
      expect(await read()).toBe('new');
    }));

  it('cleans the target, but never when the source lies in it', () =>
    withStep(async (step) => {
      await step.put({ 'in/a.txt': '', 'out/old.txt': '' });
      const inputs = { SourceFolder: 'in', CleanTargetFolder: 'true' };
      await step.run(copyFiles, { ...inputs, TargetFolder: 'out' });
      expect(await tree(join(step.folders.sources, 'out'))).toEqual(['a.txt']);
      const outcome = await step.run(copyFiles, { ...inputs, TargetFolder: '.' });
      expect(outcome.message).toContain('would delete the source');
    }));

  it('keeps times where asked to', () =>
    withStep(async (step) => {
      await step.put({ 'in/a.txt': '' });
      const then = new Date('2020-01-01T00:00:00Z');
      await utimes(join(step.folders.sources, 'in/a.txt'), then, then);
      const inputs = { SourceFolder: 'in', TargetFolder: 'out', preserveTimestamp: 'true' };
      await step.run(copyFiles, inputs);
      expect((await stat(join(step.folders.sources, 'out/a.txt'))).mtime).toEqual(then);
    }));

  it('tells of a source that is not there', () =>
    withStep(async (step) => {
      const { message } = await step.run(copyFiles, { SourceFolder: 'none', TargetFolder: 'out' });
      expect(message).toContain(join(step.folders.sources, 'none'));
    }));
});

describe('DeleteFiles', () => {
  it('deletes files and folders that the patterns choose', () =>
    withStep(async (step) => {
      await step.put(files);
      await step.run(deleteFiles, { Contents: 'b\n*.txt' });
      expect(await tree(step.folders.sources)).toEqual(['.dot/e.txt']);
    }));

  it('spares names with a dot in front unless asked to', () =>
    withStep(async (step) => {
      await step.put({ '.keep': '', a: '' });
      await step.run(deleteFiles, { Contents: '*' });
      expect(await tree(step.folders.sources)).toEqual(['.keep']);
      await step.run(deleteFiles, { Contents: '*', RemoveDotFiles: 'true' });
      expect(await tree(step.folders.sources)).toEqual([]);
    }));

  it('of a link only the link goes, and nothing outside of the folder is deleted', () =>
    withStep(async (step) => {
      await step.put({ 'kept/a.txt': '', 'in/b.txt': '' });
      await symlink(join(step.folders.sources, 'kept'), join(step.folders.sources, 'in/link'));
      await step.run(deleteFiles, { SourceFolder: 'in', Contents: 'link' });
      expect(await tree(step.folders.sources)).toEqual(['in/b.txt', 'kept/a.txt']);
      const outside = await step.run(deleteFiles, { SourceFolder: 'in', Contents: '../kept/**' });
      expect(outside.result).toBe('failed');
      expect(await tree(step.folders.sources)).toContain('kept/a.txt');
    }));
});

describe('archives', () => {
  it.each([
    ['tar', { tarCompression: 'gz' }, 'out.tar.gz', ['tar', 'gzip']],
    ['tar', { tarCompression: 'none' }, 'out.tar', ['tar']],
    ['zip', {}, 'out.zip', ['zip', 'unzip']],
  ])('%s %j comes out as it went in', (archiveType, options, name, programs) =>
    withStep(async (step) => {
      await step.put({ 'in/a.txt': 'a', 'in/-rf': 'b' });
      const archiveFile = join(step.folders.staging, name);
      const outcome = await step.run(archiveFiles, {
        rootFolderOrFile: 'in',
        includeRootFolder: 'false',
        archiveType,
        archiveFile,
        ...options,
      });
      const missing = programs.find((one) => findProgram(one, step.environment) === undefined);
      if (missing !== undefined) return expect(outcome.message).toContain('Install');
      expect(outcome).toEqual({ result: 'succeeded' });
      await step.run(extractFiles, { archiveFilePatterns: archiveFile, destinationFolder: 'out' });
      expect(await tree(join(step.folders.sources, 'out'))).toEqual(['-rf', 'a.txt']);
    }),
  );

  it('the root folder is part of an archive unless it is left out', () =>
    withStep(async (step) => {
      await step.put({ 'in/a.txt': 'a' });
      const inputs = { rootFolderOrFile: 'in', archiveType: 'tar', archiveFile: 'x.tar.gz' };
      await step.run(archiveFiles, inputs);
      await step.run(extractFiles, { archiveFilePatterns: '*.tar.gz', destinationFolder: 'out' });
      expect(await tree(join(step.folders.sources, 'out'))).toEqual(['in/a.txt']);
    }));

  it('cleaning the destination spares the archives', () =>
    withStep(async (step) => {
      await step.put({ 'out/x.tar': '' });
      const inputs = { archiveFilePatterns: 'out/x.tar', destinationFolder: 'out' };
      expect((await step.run(extractFiles, inputs)).message).toContain('would delete');
    }));

  it('no archive and no source are told', () =>
    withStep(async (step) => {
      const extract = await step.run(extractFiles, { destinationFolder: 'out' });
      expect(extract.message).toContain('No archive matches **/*.zip');
      const archive = await step.run(archiveFiles, { rootFolderOrFile: 'none' });
      expect(archive.message).toContain('nothing to archive');
    }));
});
