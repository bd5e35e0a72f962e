// Checkout: the host brings the sources, this says which, how deep, and into which folder.

import { basename, join, resolve } from 'node:path';
import { isInside } from '../glob/find-files.ts';
import type { AgentTask, TaskContext } from '../task.ts';
import type { CheckoutOptions } from '../task-host.ts';
import { input } from '../task-input.ts';
import { succeeded, TaskFailure } from '../task-outcome.ts';

export const checkout: AgentTask = {
  name: 'Checkout',
  ids: ['6d15af64-176c-496d-b583-fd2ae21d4df4'],
  versions: [1],
  runsOn: 'agent',
  inputs: [
    input.text('repository', { default: 'self' }),
    input.text('clean'),
    // New pipelines fetch one commit, and so does a file that says nothing.
    input.text('fetchDepth', { default: '1' }),
    input.text('fetchFilter'),
    input.text('fetchTags', { default: 'false' }),
    input.text('lfs', { default: 'false' }),
    input.text('submodules', { default: 'false' }),
    input.path('path'),
    input.text('persistCredentials', { default: 'false' }),
    input.text('sparseCheckoutDirectories'),
    input.text('sparseCheckoutPatterns'),
    input.text('workspaceRepo', { default: 'false' }),
  ],
  async run(context) {
    const repository = context.input('repository') ?? 'self';
    if (repository.toLowerCase() === 'none') return succeeded;
    const into = folderFor(context, repository);
    context.log(`Checking out ${repository} to ${into}`);
    const { commit } = await context.host.checkout(repository, undefined, into, optionsOf(context));
    if (context.checkoutCount < 2 && into !== context.folders.sources) context.moveSources?.(into);
    context.log(commit === '' ? 'The repository has no commits' : `HEAD is now at ${commit}`);
    return succeeded;
  },
};

/** One repository lands in `s` itself, several in `s/<name of the repository>`. */
function folderFor(context: TaskContext, repository: string): string {
  const { workspace, sources } = context.folders;
  const path = context.input('path');
  if (path !== undefined) return insideWorkspace(workspace, path);
  if (context.checkoutCount < 2) return sources;
  const name = context.host.repositoryName(repository) ?? repository;
  const folder = basename(name.replaceAll('\\', '/'));
  return join(sources, folder === '..' || folder === '' ? 'repository' : folder);
}

function insideWorkspace(workspace: string, path: string): string {
  const folder = resolve(workspace, path);
  if (isInside(folder, workspace)) return folder;
  throw new TaskFailure(
    `The checkout path '${path}' leaves the job's workspace; give one inside it`,
  );
}

function optionsOf(context: TaskContext): CheckoutOptions {
  const submodules = context.input('submodules')?.toLowerCase();
  return {
    clean: context.boolInput('clean'),
    fetchDepth: Math.max(0, context.integerInput('fetchDepth') ?? 1),
    ...optional('fetchFilter', context.input('fetchFilter')),
    fetchTags: context.boolInput('fetchTags'),
    lfs: context.boolInput('lfs'),
    submodules: submodules === 'recursive' ? 'recursive' : submodules === 'true',
    persistCredentials: context.boolInput('persistCredentials'),
    sparseDirectories: words(context.input('sparseCheckoutDirectories')),
    sparsePatterns: words(context.input('sparseCheckoutPatterns')),
  };
}

function optional(name: 'fetchFilter', value: string | undefined) {
  return value === undefined ? {} : { [name]: value };
}

function words(text = ''): readonly string[] {
  return text.split(/\s+/).filter((word) => word !== '');
}
