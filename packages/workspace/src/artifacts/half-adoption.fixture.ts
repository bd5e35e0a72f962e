// A process that takes a folder into an object store, or uploads without end, to be killed midway: see
// object-store-faults.test.ts. Arguments: address, copies, path, source (none: an endless upload).
import { openObjectStore } from '../object-store/open-object-store.ts';
import { ObjectArtifactStore } from './object-artifact-store.ts';

const [address = '', copies = '', path = '', source] = process.argv.slice(2);
const store = await ObjectArtifactStore.open({
  store: await openObjectStore(address),
  copies: { folder: copies },
  experimentIdOf: async () => '1',
});

async function* endless(): AsyncGenerator<Uint8Array> {
  for (let count = 0; ; count += 1) {
    yield Buffer.alloc(1024 * 1024, 'x');
    // By then a part of it has arrived.
    if (count === 12) process.stdout.write('half\n');
  }
}

if (source === undefined) await store.write('run-a', path, endless());
else {
  process.stdout.write('half\n');
  await store.adoptFolder('run-a', path, source);
}
