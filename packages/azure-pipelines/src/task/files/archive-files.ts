// ArchiveFiles: zip, tar and 7z by the programs of those names.

import { mkdir, rm, stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { requireProgram, runChecked } from '../program.ts';
import type { AgentTask, TaskContext } from '../task.ts';
import { input } from '../task-input.ts';
import { succeeded, TaskFailure } from '../task-outcome.ts';

export const archiveFiles: AgentTask = {
  name: 'ArchiveFiles',
  ids: ['d8b84976-e99a-4b86-b885-4849694435b0'],
  versions: [1, 2],
  runsOn: 'agent',
  inputs: [
    input.path('rootFolderOrFile', {
      aliases: ['rootFolder'],
      default: '$(Build.BinariesDirectory)',
    }),
    input.flag('includeRootFolder', true),
    input.pick('archiveType', ['default', 'zip', '7z', 'tar', 'wim'], { default: 'zip' }),
    input.pick('sevenZipCompression', ['ultra', 'maximum', 'normal', 'fast', 'fastest', 'none'], {
      default: 'normal',
    }),
    input.pick('tarCompression', ['gz', 'bz2', 'xz', 'none'], { default: 'gz' }),
    input.path('archiveFile', {
      default: '$(Build.ArtifactStagingDirectory)/$(Build.BuildId).zip',
    }),
    input.flag('replaceExistingArchive', true),
    input.flag('verbose', false),
    input.flag('quiet', false),
  ],
  async run(context) {
    const root = context.pathInput('rootFolderOrFile') ?? '';
    const found = await stat(root).catch(() => undefined);
    if (found === undefined)
      throw new TaskFailure(`'${root}' is not there, so there is nothing to archive`);
    const archive = context.pathInput('archiveFile') ?? '';
    await mkdir(dirname(archive), { recursive: true });
    if (context.boolInput('replaceExistingArchive')) await rm(archive, { force: true });
    const whole = context.boolInput('includeRootFolder') || !found.isDirectory();
    const cwd = whole ? dirname(root) : root;
    const [program, args] = archiver(context, archive, whole ? basename(root) : '.');
    await runChecked(context, program, args, { cwd });
    context.log(`Archived ${root} as ${archive}`);
    return succeeded;
  },
};

/** `what` is relative to the folder in which the program runs. */
function archiver(
  context: TaskContext,
  archive: string,
  what: string,
): readonly [string, readonly string[]] {
  const type = context.input('archiveType')?.toLowerCase() ?? 'zip';
  const next = (name: string) => `Install '${name}', or set 'archiveType' to another one.`;
  if (type === 'tar')
    return [requireProgram(context, 'tar', next('tar')), tarArguments(context, archive, what)];
  if (type === 'zip' || type === 'default') {
    const quiet = context.boolInput('verbose') ? [] : ['-q'];
    return [requireProgram(context, 'zip', next('zip')), [...quiet, '-r', archive, '--', what]];
  }
  return [
    requireProgram(context, '7z', next('7z')),
    sevenZipArguments(context, type, archive, what),
  ];
}

const tarFlags: Readonly<Record<string, string>> = { gz: '-z', bz2: '-j', xz: '-J' };

function tarArguments(context: TaskContext, archive: string, what: string): readonly string[] {
  const compression = tarFlags[context.input('tarCompression')?.toLowerCase() ?? 'gz'];
  const flags = [...(compression === undefined ? [] : [compression])];
  if (context.boolInput('verbose')) flags.push('-v');
  // `tar` cannot add to a compressed archive; without compression it can.
  const order =
    context.boolInput('replaceExistingArchive') || compression !== undefined ? '-c' : '-r';
  return [order, ...flags, '-f', archive, '--', what];
}

const levels: Readonly<Record<string, string>> = {
  ultra: '9',
  maximum: '7',
  normal: '5',
  fast: '3',
  fastest: '1',
  none: '0',
};

function sevenZipArguments(
  context: TaskContext,
  type: string,
  archive: string,
  what: string,
): readonly string[] {
  const level = levels[context.input('sevenZipCompression')?.toLowerCase() ?? 'normal'] ?? '5';
  return ['a', `-t${type}`, ...(type === '7z' ? [`-mx=${level}`] : []), archive, what];
}
