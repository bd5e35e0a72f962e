import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, beforeAll, describe } from 'vitest';
import {
  type StoreKind,
  StoreServer,
  storeKinds,
} from '../../../../test/object-stores/store-server.ts';
import { RidgelineError } from '../errors.ts';
import { temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { openObjectStore } from '../object-store/open-object-store.ts';
import { artifactStoreConformance } from './artifact-store.conformance.ts';
import { ObjectArtifactStore } from './object-artifact-store.ts';
import { partUploadsConformance } from './part-uploads.conformance.ts';

async function experimentIdOf(runId: string): Promise<string> {
  if (runId === 'run-a' || runId === 'run-b') return '1';
  throw new RidgelineError('RESOURCE_DOES_NOT_EXIST', `run ${runId} does not exist`);
}

describe.each(storeKinds)('%s as artifact store', (kind: StoreKind) => {
  let server: StoreServer;

  beforeAll(async () => {
    server = await StoreServer.start(kind);
  });
  afterAll(() => server.close());

  const open = async () =>
    ObjectArtifactStore.open({
      store: await openObjectStore(server.address(randomUUID()), server.environment),
      copies: { folder: join(await temporaryFolder(), 'copies') },
      experimentIdOf,
    });

  artifactStoreConformance(open, 40);
  describe('parts', () => partUploadsConformance(open));
});
