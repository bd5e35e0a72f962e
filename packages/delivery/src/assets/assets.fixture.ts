// The assets of delivery on a real workspace in a temporary folder, and a look at all that lies in
// that folder: no secret may stand there in clear.
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openWorkspace, type Workspace } from '@ridgeline/workspace';
import { onTestFinished } from 'vitest';
import { DeliveryAssets } from './delivery-assets.ts';

export interface AssetLab {
  readonly workspace: Workspace;
  readonly assets: DeliveryAssets;
  /** Closes the workspace and opens it again, as a server that starts anew. */
  reopen(): Promise<DeliveryAssets>;
  /** The files of the workspace that hold a text. */
  filesWith(text: string): Promise<readonly string[]>;
  /** How many secrets the workspace keeps for groups and connections. */
  secretCount(): Promise<number>;
}

export async function openLab(): Promise<AssetLab> {
  const folder = await mkdtemp(path.join(tmpdir(), "delivery's assets "));
  let workspace = await openWorkspace({ folder });
  onTestFinished(async () => {
    await workspace.close();
    await rm(folder, { recursive: true, force: true });
  });
  const assets = await DeliveryAssets.open(workspace);
  return {
    get workspace() {
      return workspace;
    },
    assets,
    reopen: async () => {
      await workspace.close();
      workspace = await openWorkspace({ folder });
      return DeliveryAssets.open(workspace);
    },
    filesWith: (text) => filesWith(folder, text),
    secretCount: async () => {
      const query = workspace.database.kysely.selectFrom('secrets').select('name');
      return (await query.where('name', 'like', 'delivery-asset:%').execute()).length;
    },
  };
}

async function filesWith(folder: string, text: string): Promise<readonly string[]> {
  const files = await readdir(folder, { recursive: true, withFileTypes: true });
  const found: string[] = [];
  for (const file of files) {
    if (!file.isFile()) continue;
    const whole = path.join(file.parentPath, file.name);
    if ((await readFile(whole)).includes(text)) found.push(whole);
  }
  return found;
}
