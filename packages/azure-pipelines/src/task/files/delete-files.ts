// DeleteFiles: files and folders that patterns choose below a folder, and never anything above it.

import { lstat, rm } from 'node:fs/promises';
import { basename } from 'node:path';
import { findEntries, isInside } from '../glob/find-files.ts';
import { plainText } from '../plain-text.ts';
import type { AgentTask } from '../task.ts';
import { input } from '../task-input.ts';
import { failed, succeeded } from '../task-outcome.ts';

export const deleteFiles: AgentTask = {
  name: 'DeleteFiles',
  ids: ['b7e8b412-0437-4065-9371-edc5881de25b'],
  versions: [1],
  runsOn: 'agent',
  inputs: [
    input.path('SourceFolder'),
    input.lines('Contents', { default: 'myFileShare' }),
    input.flag('RemoveSourceFolder', false),
    input.flag('RemoveDotFiles', false),
  ],
  async run(context) {
    const folder = context.pathInput('SourceFolder') ?? context.folders.workingDirectory;
    const found = await findEntries(folder, context.linesInput('Contents'));
    const dots = context.boolInput('RemoveDotFiles');
    const chosen = found.filter((one) => dots || !basename(one.path).startsWith('.'));
    for (const { path } of chosen) {
      if (!isInside(path, folder))
        return failed(`'${path}' lies outside of '${folder}'; it is not deleted`);
      context.log(plainText(`Deleting ${path}`));
      // Of a link only the link goes, and what a folder held went with it.
      await rm(path, { recursive: true, force: true });
    }
    if (!context.boolInput('RemoveSourceFolder')) return succeeded;
    const left = await lstat(folder).catch(() => undefined);
    if (left !== undefined) await rm(folder, { recursive: true, force: true });
    return succeeded;
  },
};
