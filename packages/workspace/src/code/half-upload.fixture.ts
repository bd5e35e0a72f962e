// A process that uploads code without end, to be killed: see code-store.test.ts.
import { CodeStore } from './code-store.ts';
import { tarEntry } from './tar-bytes.fixture.ts';

const code = await CodeStore.open(process.argv[2] ?? '');

async function* endless(): AsyncGenerator<Uint8Array> {
  for (let count = 0; ; count += 1) {
    yield tarEntry({ path: `file-${count}`, content: 'x' });
    if (count === 50) process.stdout.write('half\n');
    if (count >= 50) await new Promise((resolve) => setTimeout(resolve, 1_000));
  }
}

await code.store(endless());
