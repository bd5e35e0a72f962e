// Requests per second of the scoring process on two rows of ten numbers, beside a bare node:http
// server that reads the same bodies and answers a constant: what is between the two is ours.
// Run: node bench/scoring/bench.ts

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { matrixFromRows, Ridge } from '@ridgeline/learn';
import { saveModel } from '@ridgeline/learn/model-folder';
import { scoringProcessPath } from '@ridgeline/scoring';
import { measureLoad } from './load.ts';

const columnCount = 10;
const durationMs = 3000;
const connectionCounts = [1, 32, 64];

if (process.argv[2] === 'bare') await serveBare();
else await compare();

async function compare(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'ridgeline-bench-'));
  const modelFolder = join(folder, 'model');
  await saveExampleModel(modelFolder);
  const servers = [
    ['scoring process', [scoringProcessPath]],
    ['bare node:http', [import.meta.filename, 'bare']],
  ] as const;
  console.log('server           connections   requests/s   p50 ms   p99 ms');
  for (const [name, words] of servers) {
    const child = start(words, modelFolder);
    const [message] = await once(child, 'message');
    for (const connectionCount of connectionCounts) {
      await printLoad(name, message.port, connectionCount);
    }
    child.kill('SIGTERM');
    await once(child, 'exit');
  }
  await rm(folder, { recursive: true });
}

async function printLoad(name: string, port: number, connectionCount: number): Promise<void> {
  const body = JSON.stringify({ data: [exampleRow(0), exampleRow(1)] });
  await measureLoad({ port, body, connectionCount, durationMs: 500 });
  const result = await measureLoad({ port, body, connectionCount, durationMs });
  const cells = [
    name.padEnd(16),
    String(connectionCount).padStart(11),
    result.requestsPerSecond.toFixed(0).padStart(12),
    result.p50Ms.toFixed(2).padStart(8),
    result.p99Ms.toFixed(2).padStart(8),
  ];
  console.log(cells.join(' '));
}

function start(words: readonly string[], modelFolder: string): ChildProcess {
  return spawn(process.execPath, words, {
    env: { PATH: process.env.PATH ?? '', AZUREML_MODEL_DIR: modelFolder, PORT: '0' },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
}

async function saveExampleModel(folder: string): Promise<void> {
  const rows = Array.from({ length: 50 }, (_, index) => exampleRow(index));
  const targets = Float64Array.from(rows, (row) => row.reduce((sum, value) => sum + value, 0));
  const model = new Ridge({ alpha: 0.5 }).fit(matrixFromRows(rows), targets);
  const columnNames = Array.from({ length: columnCount }, (_, index) => `X${index}`);
  await saveModel(folder, { model, columnNames, targetName: 'Y' });
}

function exampleRow(index: number): number[] {
  return Array.from({ length: columnCount }, (_, column) => Math.sin(index * 7 + column * 3));
}

async function serveBare(): Promise<void> {
  const headers = { 'content-type': 'application/json', 'content-length': 14 };
  const server = createServer((request, response) => {
    request.resume().once('end', () => {
      response.writeHead(200, headers);
      response.end('{"result":[1]}');
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  process.send?.({ port: typeof address === 'object' ? address?.port : null });
}
