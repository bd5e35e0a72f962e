// Where the tools on this machine find the running server of a workspace: a file that only its owner
// may read, there while the server runs.
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

export interface ServerFile {
  readonly url: string;
  readonly token: string;
  readonly pid: number;
}

const fileName = 'server.json';

export async function writeServerFile(workspaceFolder: string, content: ServerFile): Promise<void> {
  const file = path.join(workspaceFolder, fileName);
  const temporary = `${file}.${content.pid}`;
  await rm(temporary, { force: true });
  await writeFile(temporary, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 });
  await rename(temporary, file);
}

/** Null when there is none, as no server runs there or the folder is no workspace. */
export async function readServerFile(workspaceFolder: string): Promise<ServerFile | null> {
  try {
    return toServerFile(JSON.parse(await readFile(path.join(workspaceFolder, fileName), 'utf8')));
  } catch {
    return null;
  }
}

export async function removeServerFile(workspaceFolder: string): Promise<void> {
  await rm(path.join(workspaceFolder, fileName), { force: true });
}

function toServerFile(value: Partial<ServerFile> | null): ServerFile | null {
  const { url, token, pid } = value ?? {};
  if (typeof url !== 'string' || typeof token !== 'string' || typeof pid !== 'number') return null;
  return { url, token, pid };
}
