// Reads the artifacts of a build from their folder, a folder each; none of their links is followed.
import { createReadStream } from 'node:fs';
import { lstat, readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { filesBelow } from '@ridgeline/azure-pipelines';
import { DeliveryError } from '../errors.ts';
import type { BuildArtifact } from './build-files.ts';

export interface OpenFile {
  readonly sizeBytes: number;
  readonly content: Readable;
}

/** `folder` need not be there. */
export async function listArtifacts(folder: string): Promise<readonly BuildArtifact[]> {
  return Promise.all((await namesIn(folder)).map((name) => sizeUp(folder, name)));
}

/** The artifact's own folder. @throws DeliveryError BUILD_ARTIFACT_NOT_FOUND */
export async function findArtifact(folder: string, build: string, name: string): Promise<string> {
  if ((await namesIn(folder)).includes(name)) return path.join(folder, name);
  throw noArtifact(build, name);
}

/** @throws DeliveryError BUILD_ARTIFACT_NOT_FOUND */
export async function openFile(
  folder: string,
  build: string,
  name: string,
  file: string,
): Promise<OpenFile> {
  // Only what is in the list: no path can leave the folder.
  const isThere = (await filesBelow(folder)).includes(file);
  const whole = path.join(folder, file);
  const found = isThere ? await lstat(whole).catch(() => null) : null;
  if (found?.isFile() !== true) throw noArtifact(build, `${name}/${file}`);
  return { sizeBytes: found.size, content: createReadStream(whole) };
}

/** What begins with a dot is not whole yet. */
async function namesIn(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const names = entries.flatMap((entry) =>
    entry.isDirectory() && !entry.name.startsWith('.') ? [entry.name] : [],
  );
  return names.sort();
}

async function sizeUp(folder: string, name: string): Promise<BuildArtifact> {
  const whole = path.join(folder, name);
  const files = await filesBelow(whole);
  const sizes = files.map(async (file) => {
    return (await stat(path.join(whole, file)).catch(() => null))?.size ?? 0;
  });
  const sizeBytes = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
  return { name, files: files.length, sizeBytes };
}

function noArtifact(id: string, name: string): DeliveryError {
  const message = `build ${id} has no artifact '${name}'; list them with 'ridgeline build artifacts list ${id}'`;
  return new DeliveryError('BUILD_ARTIFACT_NOT_FOUND', message);
}
