// A repository as one build sees it, from its first moment to its last rerun: at one commit.
import { git, type RepositoryFacts } from '@ridgeline/azure-pipelines';
import { DeliveryError } from '../../errors.ts';
import { type Mirrors, resolveCommit, shown } from './mirrors.ts';

export interface PinnedRepository {
  readonly location: string;
  readonly name: string;
  /** In full, such as `refs/heads/main`. */
  readonly ref: string;
  readonly commit: string;
  readonly author: string;
  readonly message: string;
}

/** @throws DeliveryError REPOSITORY_NOT_READ */
export async function pinRepository(
  mirrors: Mirrors,
  location: string,
  ref: string,
  commit?: string,
): Promise<PinnedRepository> {
  const mirror = await mirrors.update(location);
  const found = await resolveCommit(mirror, commit ?? ref);
  if (found === undefined) throw notFound(location, commit ?? ref);
  const text = await git(mirror, ['log', '-1', '--format=%an%x00%B', found]);
  const [author = '', message = ''] = text.split('\0');
  return { location, name: nameOf(location), ref, commit: found, author, message: message.trim() };
}

export function factsOfRepository(pinned: PinnedRepository): RepositoryFacts {
  const { location, name, ref, commit, author, message } = pinned;
  const uri = location.startsWith('/') ? `file://${location}` : shown(location);
  return { root: location, name, isGit: true, branch: ref, commit, author, message, uri };
}

function nameOf(location: string): string {
  const last = location
    .replace(/[/\\]+$/, '')
    .replace(/[/\\]?\.git$/, '')
    .split(/[/\\:]/)
    .at(-1);
  return last || 'repository';
}

function notFound(location: string, ref: string): DeliveryError {
  const message = `repository ${shown(location)} has no branch, tag or commit '${ref.replace(/^refs\/heads\//, '')}'; push it first, or name another`;
  return new DeliveryError('REPOSITORY_NOT_READ', message);
}
