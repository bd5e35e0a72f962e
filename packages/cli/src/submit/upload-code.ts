// Folders of code as snapshots on the server.
import path from 'node:path';
import type { RidgelineClient } from '@ridgeline/client';

/**
 * @param paths relative to `folder`, as a file has them.
 * @returns the id of the code for each of them
 */
export async function uploadCode(
  client: RidgelineClient,
  folder: string,
  paths: readonly string[],
): Promise<Record<string, string>> {
  const ids: Record<string, string> = {};
  for (const local of new Set(paths)) {
    ids[local] = (await client.code.upload(path.resolve(folder, local))).id;
  }
  return ids;
}
