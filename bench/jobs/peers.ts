// The same in Metaflow, Prefect, Dagster and ZenML, each from a virtual environment of its own:
// RIDGELINE_BENCH_PEERS names a folder with `metaflow`, `prefect`, `dagster` and `zenml` in it.
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { row } from './statistics.ts';

const run = promisify(execFile);
const scripts = path.join(import.meta.dirname, 'peers');

interface Shape {
  /** So many steps in a row. */
  readonly chain?: number;
  /** So many side by side, and a join. */
  readonly width?: number;
}

interface Place {
  /** The virtual environment's programs. */
  readonly bin: string;
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;
}

interface Peer {
  readonly name: string;
  readonly how: string;
  /** Steps in the longer of two chains, beyond the one of the shorter. */
  readonly more: number;
  /** Within minutes. */
  readonly canFanOut: boolean;
  /** Milliseconds. */
  wall(place: Place): Promise<number>;
}

const peers: readonly Peer[] = [
  {
    name: 'metaflow',
    how: 'a process a step',
    more: 10,
    canFanOut: true,
    async wall({ bin, folder, env }) {
      const python = path.join(bin, 'python');
      const made = await run(python, [path.join(scripts, 'metaflow_flow.py')], { env });
      const flow = path.join(folder, 'flow.py');
      await writeFile(flow, made.stdout);
      return timeOf(python, [flow, '--quiet', 'run', '--max-workers', '2'], { cwd: folder, env });
    },
  },
  {
    name: 'prefect',
    how: 'a thread a task, which starts the process',
    // A run of its takes a second at least, behind which some tens of tasks would hide.
    more: 100,
    canFanOut: true,
    wall: (place) => toldBy('prefect_flow.py', place),
  },
  {
    name: 'dagster',
    how: 'a process an op',
    more: 10,
    canFanOut: false,
    async wall({ bin, folder, env }) {
      const file = path.join(scripts, 'dagster_job.py');
      const words = ['job', 'execute', '-f', file, '-j', 'empty'];
      return timeOf(path.join(bin, 'dagster'), words, { cwd: folder, env });
    },
  },
  {
    name: 'zenml',
    how: 'in the process of the pipeline',
    more: 10,
    canFanOut: false,
    wall: (place) => toldBy('zenml_pipeline.py', place),
  },
];

export async function measurePeers(): Promise<void> {
  const folder = process.env.RIDGELINE_BENCH_PEERS;
  const columns = ['one step, start to end ms', 'one more in a chain ms', '50 side by side ms'];
  console.log(row('peer', 'a step is', ...columns));
  console.log('| --- | --- | --- | --- | --- |');
  for (const peer of peers) {
    const bin = path.join(folder ?? '', peer.name, 'bin');
    if (folder === undefined || !existsSync(bin)) {
      console.log(row(peer.name, 'not installed', '', '', ''));
    } else {
      // What one of them cannot do is no reason to do without the others.
      await measurePeer(peer, bin).catch((error: Error) => {
        console.log(
          row(peer.name, `failed: ${error.message.trim().split('\n').at(-1)}`, '', '', ''),
        );
      });
    }
  }
}

async function measurePeer(peer: Peer, bin: string): Promise<void> {
  const one = await best(peer, bin, { chain: 1 }, 2);
  const many = await best(peer, bin, { chain: 1 + peer.more }, 2);
  const side = peer.canFanOut ? await best(peer, bin, { width: 50 }, 1) : '';
  console.log(row(peer.name, peer.how, one, (many - one) / peer.more, side));
}

/** Of some tries the fastest, which is the kindest to the peer. */
async function best(peer: Peer, bin: string, shape: Shape, tries: number): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < tries; i += 1) times.push(await once(peer, bin, shape));
  return Math.min(...times);
}

async function once(peer: Peer, bin: string, { chain = 1, width = 0 }: Shape): Promise<number> {
  const folder = await mkdtemp(path.join(tmpdir(), 'ridgeline-bench-'));
  const env = {
    PATH: `${bin}:${process.env.PATH}`,
    HOME: folder,
    USERNAME: 'bench',
    CHAIN: String(chain),
    WIDTH: String(width),
    DAGSTER_HOME: folder,
    DAGSTER_DISABLE_TELEMETRY: 'yes',
    PREFECT_HOME: path.join(folder, 'prefect'),
    PREFECT_LOGGING_LEVEL: 'CRITICAL',
    PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS: '120',
    DO_NOT_TRACK: '1',
    ZENML_CONFIG_PATH: path.join(folder, 'zenml'),
    ZENML_ANALYTICS_OPT_IN: 'false',
    ZENML_LOGGING_VERBOSITY: 'CRITICAL',
  };
  try {
    return await peer.wall({ bin, folder, env });
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

const maxBuffer = 64 * 1024 * 1024;

async function timeOf(
  program: string,
  words: readonly string[],
  options: { readonly cwd: string; readonly env: NodeJS.ProcessEnv },
): Promise<number> {
  const start = performance.now();
  await run(program, [...words], { ...options, maxBuffer });
  return performance.now() - start;
}

/** A script that runs its flow once to warm up, and tells the best time of three more. */
async function toldBy(script: string, { bin, folder: cwd, env }: Place): Promise<number> {
  const python = path.join(bin, 'python');
  const { stderr } = await run(python, [path.join(scripts, script)], { cwd, env, maxBuffer });
  return Number(/TOOK ([\d.]+)/.exec(stderr)?.[1]);
}
