// Local data, brought to where the server can read it. Its place is named by its content, so that
// uploading the same file again changes nothing.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import type { RidgelineClient } from '@ridgeline/client';
import { CliError } from '../errors.ts';

const datastore = 'workspaceblobstore';

/**
 * Uploads a file, or all files of a folder.
 * @param place the folder on the datastore, such as `training-data`.
 * @returns the URI of the file or folder
 * @throws CliError FILE_NOT_FOUND
 */
export async function uploadData(
  client: RidgelineClient,
  place: string,
  localPath: string,
): Promise<string> {
  const stats = await stat(localPath).catch(() => null);
  if (stats === null) throw new CliError('FILE_NOT_FOUND', `${localPath} does not exist`);
  const name = path.basename(path.resolve(localPath));
  return stats.isDirectory()
    ? uploadFolder(client, `${place}/${name}`, localPath)
    : uploadFile(client, place, localPath, name);
}

async function uploadFile(
  client: RidgelineClient,
  place: string,
  localPath: string,
  name: string,
): Promise<string> {
  const digest = (await sha256(localPath)).slice(0, 12);
  const { uri } = await client.datastores.upload(
    datastore,
    `${place}/${digest}/${name}`,
    localPath,
  );
  return uri;
}

async function uploadFolder(
  client: RidgelineClient,
  place: string,
  folder: string,
): Promise<string> {
  const root = `${place}/${(await digestOf(folder)).slice(0, 12)}`;
  for (const file of await filesBelow(folder)) {
    const target = `${root}/${file.split(path.sep).join('/')}`;
    await client.datastores.upload(datastore, target, path.join(folder, file));
  }
  return `azureml://datastores/${datastore}/paths/${root}`;
}

/** Of a file its own digest, of a folder one over the names and digests of its files. */
export async function digestOf(localPath: string): Promise<string> {
  if (!(await stat(localPath)).isDirectory()) return sha256(localPath);
  const hash = createHash('sha256');
  for (const file of await filesBelow(localPath)) {
    hash.update(`${file}\0${await sha256(path.join(localPath, file))}\0`);
  }
  return hash.digest('hex');
}

async function filesBelow(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .sort();
}

/** 64 hexadecimal digits. */
export async function sha256(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file)) hash.update(chunk);
  return hash.digest('hex');
}
