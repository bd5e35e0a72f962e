// Real servers of object stores for tests, each a process: Azurite for Azure Blob, s3rver for S3. They
// can be killed and started again on the same port and files.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { BlobServiceClient } from '@azure/storage-blob';

const account = 'devstoreaccount1';
// Public: the one key that the emulator has.
const key =
  'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==';

export type StoreKind = 'azure' | 's3';
export const storeKinds = ['s3', 'azure'] as const satisfies readonly StoreKind[];

/** How a process is started, and what it prints when it listens. */
interface Program {
  readonly args: (folder: string, port: number) => readonly string[];
  readonly port: RegExp;
}

const programs: Readonly<Record<StoreKind, Program>> = {
  s3: {
    args: (folder, port) => [join(import.meta.dirname, 's3-process.ts'), folder, String(port)],
    port: /^(\d+)$/,
  },
  azure: {
    args: (folder, port) => [
      join(import.meta.dirname, 'azure-process.ts'),
      ...['--location', folder, '--blobPort', String(port), '--blobHost', '127.0.0.1'],
      ...['--skipApiVersionCheck', '--disableTelemetry'],
    ],
    port: /listens on http:\/\/127\.0\.0\.1:(\d+)/,
  },
};

export class StoreServer {
  readonly kind: StoreKind;
  readonly #folder: string;
  #port = 0;
  #process: ChildProcess | null = null;

  private constructor(kind: StoreKind, folder: string) {
    this.kind = kind;
    this.#folder = folder;
  }

  /** With the bucket or container `models`, which is empty. */
  static async start(kind: StoreKind): Promise<StoreServer> {
    const server = new StoreServer(kind, await mkdtemp(join(tmpdir(), `ridgeline-${kind}-`)));
    await server.resume();
    if (kind === 'azure') await server.#makeContainer();
    return server;
  }

  /** What `--artifacts` takes. */
  address(prefix: string): string {
    if (this.kind === 's3') return `s3://models/${prefix}`;
    return `http://127.0.0.1:${this.#port}/${account}/models/${prefix}`;
  }

  /** The credentials, in the variables of the cloud's own tools. */
  get environment(): Readonly<Record<string, string>> {
    if (this.kind === 'azure') return { AZURE_STORAGE_KEY: key };
    return {
      AWS_ENDPOINT_URL_S3: `http://127.0.0.1:${this.#port}`,
      AWS_ACCESS_KEY_ID: 'S3RVER',
      AWS_SECRET_ACCESS_KEY: 'S3RVER',
      AWS_REGION: 'us-east-1',
    };
  }

  /** Ends it; what it was told stays on the disk. */
  async kill(): Promise<void> {
    if (this.#process === null) return;
    const exited = once(this.#process, 'exit');
    // Azurite writes down what it knows when it ends.
    this.#process.kill(this.kind === 'azure' ? 'SIGTERM' : 'SIGKILL');
    await exited;
    this.#process = null;
  }

  async resume(): Promise<void> {
    const { args, port } = programs[this.kind];
    const started = spawn(process.execPath, args(this.#folder, this.#port), {
      // With its input it ends, also where this process is killed.
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    this.#process = started;
    this.#port = await new Promise<number>((resolve, reject) => {
      createInterface(started.stdout).on('line', (line) => {
        const [, found] = port.exec(line) ?? [];
        if (found !== undefined) resolve(Number(found));
      });
      started.once('exit', () => reject(new Error(`the ${this.kind} server has ended`)));
    });
  }

  async close(): Promise<void> {
    await this.kill();
    await rm(this.#folder, { recursive: true, force: true });
  }

  async #makeContainer(): Promise<void> {
    const endpoint = `http://127.0.0.1:${this.#port}/${account}`;
    const connection = `DefaultEndpointsProtocol=http;BlobEndpoint=${endpoint};AccountName=${account};AccountKey=${key}`;
    const client = BlobServiceClient.fromConnectionString(connection);
    await client.getContainerClient('models').create();
  }
}
