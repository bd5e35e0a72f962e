// What running a job costs: how fast the log of a step streams, with secrets to be masked, and what
// a script step that does nothing takes beyond its shell.
//   node bench/azure-pipelines/log.ts

import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import {
  builtInRegistry,
  type JobHost,
  type JobRun,
  runJob,
  type Step,
  type VariableValue,
} from '@ridgeline/azure-pipelines';

const lineCount = 1_000_000;
const stepCount = 20;

const origin = { file: 'bench.yml', line: 1, column: 1 };

function step(script: string, index: number): Step {
  return {
    refName: `CmdLine${index}`,
    task: { name: 'CmdLine', version: '2' },
    inputs: new Map([['script', { text: script, origin }]]),
    env: new Map(),
    enabled: true,
    origin,
  };
}

/** Fifty variables and five secrets, one of them of several lines. */
function variables(): JobRun['variables'] {
  const plain = Array.from({ length: 50 }, (_, index) => {
    return [`name${index}`, { value: `value ${index}`, secret: false, readonly: false }] as const;
  });
  const secret = Array.from({ length: 5 }, (_, index) => {
    const value = index === 0 ? 'a first line\nand a second one' : `s3cret/${index}+word%`;
    return [`secret${index}`, { value, secret: true, readonly: false }] as const;
  });
  return new Map<string, VariableValue>([...plain, ...secret]);
}

function jobOf(steps: readonly Step[]): JobRun {
  const displayName = { text: 'Bench', origin };
  return {
    id: 'Bench.Bench@1',
    identifier: 'Bench.Bench',
    stage: 'Bench',
    job: {
      id: 'Bench',
      kind: 'job',
      displayName,
      dependsOn: [],
      variables: [],
      services: new Map(),
      steps,
      origin,
    },
    attempt: 1,
    stageAttempt: 1,
    position: 1,
    total: 1,
    holdsAgent: true,
    variables: variables(),
    displayName: 'Bench',
    timeoutMinutes: 0,
    cancelTimeoutMinutes: 5,
    continueOnError: false,
    pool: { kind: 'agent', demands: [] },
    services: new Map(),
    steps,
    contexts: { dependencies: {}, stageDependencies: {} },
  };
}

interface Measured {
  readonly seconds: number;
  readonly lines: number;
  readonly peakBytes: number;
}

async function measure(steps: readonly Step[]): Promise<Measured> {
  const workFolder = await mkdtemp(path.join(os.tmpdir(), 'ridgeline-bench-'));
  let lines = 0;
  let peakBytes = 0;
  const host: JobHost = {
    ...silentHost,
    log: () => {
      lines += 1;
      if (lines % 50_000 === 0) peakBytes = Math.max(peakBytes, process.memoryUsage().rss);
    },
  };
  const begun = performance.now();
  await runJob(jobOf(steps), host, { workFolder, tasks: builtInRegistry() });
  const seconds = (performance.now() - begun) / 1000;
  await rm(workFolder, { recursive: true });
  return { seconds, lines, peakBytes };
}

const silentHost: JobHost = {
  signal: new AbortController().signal,
  log: () => {},
  timeline: () => {},
  artifacts: {
    publish: async () => {},
    download: async () => ({ files: 0 }),
    list: async () => [],
  },
  cache: { restore: async () => undefined, save: async () => {} },
  checkout: async () => ({ commit: '' }),
  repositoryName: () => undefined,
  serviceConnection: async () => undefined,
  secureFile: async () => undefined,
  vaultSecrets: async () => undefined,
  publishTestRun: async () => {},
  publishCoverage: async () => {},
  attach: async () => {},
  setBuildNumber: async () => {},
  addBuildTag: async () => {},
};

function shellMs(): number {
  const begun = performance.now();
  for (let i = 0; i < stepCount; i += 1) spawnSync('bash', ['--noprofile', '--norc', '-c', 'true']);
  return (performance.now() - begun) / stepCount;
}

async function streaming() {
  const program = `seq -f 'line %.0f of the log of a step that prints as fast as it can' ${lineCount}`;
  const { seconds, lines, peakBytes } = await measure([step(program, 1)]);
  return {
    'lines printed': lineCount,
    lost: lineCount - (lines - (await measure([step('true', 1)])).lines),
    'lines a second': Math.round(lineCount / seconds),
    'memory, MiB': Math.round(peakBytes / 1024 / 1024),
  };
}

async function overhead() {
  const steps = Array.from({ length: stepCount }, (_, index) => step('true', index));
  const job = await measure(steps);
  const shell = shellMs();
  return {
    steps: stepCount,
    'ms a step': Number(((job.seconds * 1000) / stepCount).toFixed(1)),
    'ms of its shell alone': Number(shell.toFixed(1)),
  };
}

await measure([step('true', 1)]);
console.table([await streaming()]);
console.table([await overhead()]);
