// ExtractFiles: archives that patterns choose, unpacked by the program of each kind. Those refuse
// entries that would leave the folder.

import { mkdir, rm } from 'node:fs/promises';
import { basename } from 'node:path';
import { findFiles, isInside } from '../glob/find-files.ts';
import { plainText } from '../plain-text.ts';
import { requireProgram, runChecked } from '../program.ts';
import type { AgentTask, TaskContext } from '../task.ts';
import { input } from '../task-input.ts';
import { failed, succeeded, TaskFailure } from '../task-outcome.ts';

export const extractFiles: AgentTask = {
  name: 'ExtractFiles',
  ids: ['5e1e3830-fbfb-11e5-aab1-090c92bc4988'],
  versions: [1],
  runsOn: 'agent',
  inputs: [
    input.lines('archiveFilePatterns', { default: '**/*.zip' }),
    input.path('destinationFolder', { required: true }),
    input.flag('cleanDestinationFolder', true),
    input.flag('overwriteExistingFiles', false),
    input.path('pathToSevenZipTool'),
  ],
  async run(context) {
    const from = context.folders.workingDirectory;
    const patterns = context.linesInput('archiveFilePatterns');
    const archives = await findFiles(from, patterns);
    if (archives.length === 0)
      return failed(`No archive matches ${patterns.join(', ')} in ${from}`);
    context.requiredInput('destinationFolder');
    const into = context.pathInput('destinationFolder') ?? '';
    if (context.boolInput('cleanDestinationFolder')) await clean(into, [...archives, from]);
    await mkdir(into, { recursive: true });
    for (const archive of archives) await extract(context, archive, into);
    return succeeded;
  },
};

async function clean(folder: string, kept: readonly string[]): Promise<void> {
  const lost = kept.find((path) => isInside(path, folder));
  if (lost !== undefined) {
    throw new TaskFailure(`Cleaning the destination folder '${folder}' would delete '${lost}'`);
  }
  await rm(folder, { recursive: true, force: true });
}

async function extract(context: TaskContext, archive: string, into: string): Promise<void> {
  context.log(plainText(`Extracting ${archive}`));
  const overwrite = context.boolInput('overwriteExistingFiles');
  const next = (name: string) => `Install '${name}', which unpacks ${basename(archive)}.`;
  if (/\.(tar|tgz|tbz2?|txz|tar\.(gz|bz2|xz))$/i.test(archive)) {
    const keep = overwrite ? [] : ['--keep-old-files'];
    const args = ['-x', ...keep, '-f', archive, '-C', into];
    await runChecked(context, requireProgram(context, 'tar', next('tar')), args);
  } else if (/\.(zip|jar|war|ear|nupkg|whl)$/i.test(archive)) {
    const args = [overwrite ? '-oq' : '-nq', archive, '-d', into];
    await runChecked(context, requireProgram(context, 'unzip', next('unzip')), args);
  } else {
    const tool = context.pathInput('pathToSevenZipTool') ?? '7z';
    const args = ['x', `-o${into}`, overwrite ? '-aoa' : '-aos', archive];
    await runChecked(context, requireProgram(context, tool, next('7z')), args);
  }
}
