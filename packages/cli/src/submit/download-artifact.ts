// Brings an artifact of a build to a folder here.
import path from 'node:path';
import type { RidgelineClient } from '@ridgeline/client';
import { CliError } from '../errors.ts';

export interface DownloadedArtifact {
  readonly name: string;
  readonly folder: string;
  readonly files: number;
}

/** Below `output`, in a folder of the artifact's name. */
export async function downloadArtifact(
  client: RidgelineClient,
  buildId: string,
  name: string,
  output: string,
): Promise<DownloadedArtifact> {
  const folder = inside(path.resolve(output), name);
  const files = await client.builds.artifactFiles(buildId, name);
  for (const file of files) {
    await client.builds.downloadFile(buildId, name, file, inside(folder, file));
  }
  return { name, folder, files: files.length };
}

/** What a server says must not make this write elsewhere. */
function inside(folder: string, name: string): string {
  const whole = path.resolve(folder, name);
  if (whole.startsWith(folder + path.sep)) return whole;
  throw new CliError('FILE_INVALID', `'${name}' of the artifact would lie outside of ${folder}`);
}
