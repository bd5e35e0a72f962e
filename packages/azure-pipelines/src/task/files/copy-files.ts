// CopyFiles: what patterns choose below a folder, into another, its tree kept or flattened.

import { copyFile, mkdir, rm, stat, utimes } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import { findFiles, isInside } from '../glob/find-files.ts';
import { plainText } from '../plain-text.ts';
import type { AgentTask, TaskContext } from '../task.ts';
import { input } from '../task-input.ts';
import { succeeded, TaskFailure } from '../task-outcome.ts';

export const copyFiles: AgentTask = {
  name: 'CopyFiles',
  ids: ['5bfb729a-a7c8-4a78-a7c3-8d717bb7c13c'],
  versions: [1, 2],
  runsOn: 'agent',
  inputs: [
    input.path('SourceFolder'),
    input.lines('Contents', { default: '**' }),
    input.path('TargetFolder', { required: true }),
    input.flag('CleanTargetFolder', false),
    input.flag('OverWrite', false),
    input.flag('flattenFolders', false),
    input.flag('preserveTimestamp', false),
    input.integer('retryCount', { default: '0' }),
    input.integer('delayBetweenRetries', { default: '1000' }),
    input.flag('ignoreMakeDirErrors', false),
  ],
  async run(context) {
    const source = context.pathInput('SourceFolder') ?? context.folders.workingDirectory;
    await requireFolder(source);
    context.requiredInput('TargetFolder');
    const target = context.pathInput('TargetFolder') ?? '';
    // The files are found first: the target may lie in the source.
    const files = await findFiles(source, context.linesInput('Contents'));
    if (context.boolInput('CleanTargetFolder')) await cleanTarget(source, target);
    await mkdir(target, { recursive: true });
    context.log(`Found ${files.length} files`);
    for (const file of files) await copyOne(context, file, targetOf(context, file, source, target));
    return succeeded;
  },
};

async function requireFolder(folder: string): Promise<void> {
  if ((await stat(folder).catch(() => undefined))?.isDirectory()) return;
  throw new TaskFailure(`The source folder '${folder}' is not there`);
}

async function cleanTarget(source: string, target: string): Promise<void> {
  if (isInside(source, target)) {
    throw new TaskFailure(
      `Cleaning the target folder '${target}' would delete the source '${source}'`,
    );
  }
  await rm(target, { recursive: true, force: true });
}

/** A pattern may reach out of the source folder, and a copy may not leave the target. */
function targetOf(context: TaskContext, file: string, source: string, target: string): string {
  const path = context.boolInput('flattenFolders') ? basename(file) : relative(source, file);
  return join(target, path.startsWith('..') ? basename(file) : path);
}

async function copyOne(context: TaskContext, from: string, to: string): Promise<void> {
  const there = await stat(to).catch(() => undefined);
  if (there !== undefined && !context.boolInput('OverWrite')) {
    context.log(plainText(`File ${to} already exists`));
    return;
  }
  context.log(plainText(`Copying ${from} to ${to}`));
  await mkdir(dirname(to), { recursive: true });
  await copyFile(from, to);
  if (!context.boolInput('preserveTimestamp')) return;
  const { atime, mtime } = await stat(from);
  await utimes(to, atime, mtime);
}
