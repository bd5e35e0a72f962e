// UsePythonVersion: puts an installed Python that fits first on PATH, as `python` too.

import { mkdir, symlink, unlink } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, join } from 'node:path';
import { prependPath } from '../issues.ts';
import type { AgentTask, TaskContext } from '../task.ts';
import { input } from '../task-input.ts';
import { succeeded } from '../task-outcome.ts';
import { chooseVersion } from './choose-version.ts';
import type { Installed } from './installed-versions.ts';

const next = 'Install one, for example with pyenv or uv, or ask for a version that is there.';

export const usePythonVersion: AgentTask = {
  name: 'UsePythonVersion',
  ids: ['33c63b11-352b-45a2-ba1b-54cb568a29ca'],
  versions: [0],
  runsOn: 'agent',
  inputs: [
    input.text('versionSpec', { default: '3.x' }),
    input.flag('disableDownloadFromRegistry', false),
    input.flag('allowUnstable', false),
    input.text('githubToken'),
    input.flag('addToPath', true),
    input.pick('architecture', ['x86', 'x64', 'arm64'], { default: 'x64' }),
  ],
  async run(context) {
    const spec = context.input('versionSpec') ?? '3.x';
    const home = context.env.HOME ?? homedir();
    const managers = [
      join(context.env.PYENV_ROOT ?? join(home, '.pyenv'), 'versions'),
      join(home, '.local', 'share', 'uv', 'python'),
    ];
    const search = { tool: 'Python', managers, names: ['python', 'python3'] };
    const found = await chooseVersion(context, search, spec, next);
    const folder = await withPlainName(context, found);
    context.variables.set('pythonLocation', folder, { output: true });
    context.log(`Found Python ${found.version} in ${folder}`);
    if (context.boolInput('addToPath')) {
      prependPath(context, found.folder);
      if (folder !== found.folder) prependPath(context, folder);
    }
    return succeeded;
  },
};

/** Where only `python3` is there, a folder of links gives it the name that scripts call. */
async function withPlainName(context: TaskContext, found: Installed): Promise<string> {
  if (process.platform === 'win32' || basename(found.program) === 'python') return found.folder;
  const folder = join(context.folders.tools, 'python-links', found.version);
  await mkdir(folder, { recursive: true });
  for (const name of ['python', 'python3']) {
    const link = join(folder, name);
    await unlink(link).catch(() => undefined);
    await symlink(found.program, link);
  }
  return folder;
}
