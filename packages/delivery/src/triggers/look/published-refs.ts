// The refs of a repository as its server publishes them: branches, tags and pull requests.

export interface PublishedRefs {
  /** Branches and tags in full → their commits. */
  readonly heads: ReadonlyMap<string, string>;
  /** By their numbers. */
  readonly pulls: ReadonlyMap<number, PublishedPull>;
}

export interface PublishedPull {
  readonly number: number;
  /** The commit that it is to be merged from. Azure Repos does not publish it. */
  readonly head?: string;
  /** The merge that the server has made. GitHub makes it a moment later, and none of a conflict. */
  readonly merge?: string;
  /** GitLab calls them so. */
  readonly isMergeRequest: boolean;
}

/** Object names only: what is handed to git must not be read as an option. */
const objectName = /^[0-9a-f]{40}([0-9a-f]{24})?$/;
const pullName = /^refs\/(pull|merge-requests)\/([1-9]\d{0,8})\/(head|merge)$/;
/** The newest count: others have long been closed. */
const maxPulls = 20_000;

/** What `git ls-remote` is to be asked for. */
export const publishedPatterns = [
  'refs/heads/*',
  'refs/tags/*',
  'refs/pull/*',
  'refs/merge-requests/*',
] as const;

export function readPublishedRefs(text: string): PublishedRefs {
  const heads = new Map<string, string>();
  const pulls = new Map<number, PublishedPull>();
  for (const line of text.split('\n')) {
    const [commit = '', name = ''] = line.split('\t');
    if (!objectName.test(commit)) continue;
    // Behind the object of an annotated tag stands the commit that it is about.
    if (/^refs\/(heads|tags)\//.test(name)) heads.set(name.replace(/\^\{\}$/, ''), commit);
    else addPull(pulls, name, commit);
  }
  const newest = [...pulls].sort(([one], [other]) => other - one).slice(0, maxPulls);
  return { heads, pulls: new Map(newest) };
}

function addPull(pulls: Map<number, PublishedPull>, name: string, commit: string): void {
  const [, family, digits, part] = pullName.exec(name) ?? [];
  if (part === undefined) return;
  const number = Number(digits);
  const isMergeRequest = family === 'merge-requests';
  pulls.set(number, { ...pulls.get(number), number, isMergeRequest, [part]: commit });
}

/** What changes when there is something new of it. */
export function tipOf({ merge = '', head = '' }: PublishedPull): string {
  return `${merge} ${head}`;
}
