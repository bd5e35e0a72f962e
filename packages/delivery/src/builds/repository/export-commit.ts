// A commit as a bare repository of its own, small enough to go to another machine: what a checkout
// with these options needs of its history, and nothing else.
import { type CheckoutOptions, git } from '@ridgeline/azure-pipelines';

export interface CommitExport {
  readonly mirror: string;
  readonly commit: string;
  /** An empty folder. */
  readonly into: string;
  readonly options: CheckoutOptions;
  readonly signal: AbortSignal;
}

export async function exportCommit(request: CommitExport): Promise<void> {
  const { mirror, commit, into, options, signal } = request;
  await git(mirror, ['init', '--quiet', '--bare', '--template=', into], signal);
  const run = (...words: readonly string[]) => git(into, words, signal);
  // The checkout there asks for the commit itself, which need not be a branch's newest.
  await run('config', 'uploadpack.allowAnySHA1InWant', 'true');
  await run('config', 'uploadpack.allowFilter', 'true');
  const { fetchDepth, fetchTags } = options;
  const tags = fetchTags ? '--tags' : '--no-tags';
  const depth = fetchDepth > 0 ? ['--depth', String(fetchDepth)] : [];
  const branches = fetchDepth > 0 ? [] : ['+refs/heads/*:refs/heads/*'];
  const head = `+${commit}:refs/checkout/head`;
  // One pack and not a file for each object.
  const packed = ['-c', 'fetch.unpackLimit=1', 'fetch', '--quiet', tags, ...depth];
  await run(...packed, `file://${mirror}`, ...branches, head);
}
