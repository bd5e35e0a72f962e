// Opens the artifact store of a workspace: its folder, or the object store that it belongs to.

import {
  artifactsVariable,
  parseObjectStoreAddress,
} from '../object-store/object-store-address.ts';
import { openObjectStore } from '../object-store/open-object-store.ts';
import { claimForArtifacts, workspacePaths } from '../workspace-folder.ts';
import type { ArtifactStore } from './artifact-store.ts';
import { FolderArtifactStore } from './folder-artifact-store.ts';
import { ObjectArtifactStore } from './object-artifact-store.ts';

export interface OpenArtifactStoreOptions {
  /** Of the workspace. */
  readonly folder: string;
  readonly address: string | undefined;
  readonly isShared: boolean;
  readonly experimentIdOf: (runId: string) => Promise<string>;
}

/**
 * @throws RidgelineError WORKSPACE_FOLDER_INVALID, ARTIFACT_STORE_ADDRESS_INVALID,
 *   ARTIFACT_STORE_REFUSED, ARTIFACT_STORE_UNREACHABLE
 */
export async function openArtifactStore(options: OpenArtifactStoreOptions): Promise<ArtifactStore> {
  const { folder, isShared, experimentIdOf } = options;
  const paths = workspacePaths(folder);
  const asked = options.address ?? (process.env[artifactsVariable] || undefined);
  const wanted = asked === undefined ? null : parseObjectStoreAddress(asked).text;
  const known = await claimForArtifacts(folder, null);
  // It is tried first: a folder is not bound to a mistyped name.
  const address = wanted ?? known;
  if (address === null) {
    return FolderArtifactStore.open({ folder: paths.artifacts, isShared, experimentIdOf });
  }
  const store = await openObjectStore(address);
  await claimForArtifacts(folder, address);
  const copies = { folder: paths.artifactCopies, isShared };
  return ObjectArtifactStore.open({ store, copies, experimentIdOf });
}
