// A process that uploads without end, to be killed: see folder-artifact-store.test.ts.
import { FolderArtifactStore } from './folder-artifact-store.ts';

const store = await FolderArtifactStore.open({
  folder: process.argv[2] ?? '',
  experimentIdOf: async () => '1',
});

async function* endless(): AsyncGenerator<Uint8Array> {
  for (let count = 0; ; count += 1) {
    yield Buffer.alloc(64 * 1024, 'x');
    if (count === 20) process.stdout.write('half\n');
  }
}

await store.write('run-a', process.argv[3] ?? '', endless());
