// The place of runs within a workspace's folder.
import path from 'node:path';

/** Where the runs of a workspace's folder are kept. */
export function runsFolder(workspace: string): string {
  return path.join(workspace, 'ci');
}
