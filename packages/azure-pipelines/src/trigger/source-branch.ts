// Names of refs: `refs/heads/feature/a` is the branch `feature/a`.

const branchPrefix = 'refs/heads/';
const tagPrefix = 'refs/tags/';

export function isTagRef(ref: string): boolean {
  return ref.startsWith(tagPrefix);
}

/** Of a branch or tag, in full or short; other refs, such as `refs/pull/1/merge`, stay whole. */
export function shortName(ref: string): string {
  for (const prefix of [branchPrefix, tagPrefix]) {
    if (ref.startsWith(prefix)) return ref.slice(prefix.length);
  }
  return ref;
}

export function branchRef(branch: string): string {
  return branch.startsWith('refs/') ? branch : branchPrefix + branch;
}

/** Build.SourceBranchName: what stands behind the last slash, and nothing else. */
export function sourceBranchName(ref: string): string {
  return ref.slice(ref.lastIndexOf('/') + 1);
}
