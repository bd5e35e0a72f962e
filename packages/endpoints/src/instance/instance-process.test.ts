import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { InstanceLog, readLogTail } from './instance-log.ts';
import { InstanceProcess } from './instance-process.ts';

const sayReady = "process.send({ event: 'ready', port: 4711 });";
const stay = 'setInterval(() => {}, 1000);';
const never = new AbortController().signal;

let folder: string;
let started: InstanceProcess[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'instance-process-'));
  started = [];
});
afterEach(async () => {
  await Promise.all(started.map((process) => process.stop(0)));
  await rm(folder, { recursive: true });
});

async function start(code: string): Promise<InstanceProcess> {
  const processPath = join(folder, 'process.mjs');
  await writeFile(processPath, code);
  const log = new InstanceLog(join(folder, 'log'), 10_000);
  const process = new InstanceProcess({ processPath, folder, environment: { A: 'b' }, log });
  started.push(process);
  return process;
}

describe('a process', () => {
  it('is ready when it says so, on the port that it says', async () => {
    const process = await start(`process.send('hello'); process.send({}); ${sayReady} ${stay}`);
    expect(await process.ready(20_000, never)).toBe(4711);
  });

  it('has the environment that it was given and nothing else, and writes to the log', async () => {
    const print = 'console.log(JSON.stringify(process.env)); console.error(process.cwd());';
    const process = await start(print);
    expect(await process.exited).toBe('exited with code 0');
    const [environment, cwd] = (await readLogTail(join(folder, 'log'), 10_000)).split('\n');
    expect(JSON.parse(environment ?? '')).not.toHaveProperty('HOME');
    expect(JSON.parse(environment ?? '')).toMatchObject({ A: 'b' });
    expect(cwd).toBe(folder);
  });
});

describe('a process is not ready', () => {
  it('when it ends first', async () => {
    const process = await start('process.exit(9);');
    await expect(process.ready(20_000, never)).rejects.toThrow(
      'the scoring process exited with code 9',
    );
  });

  it('when it is killed first', async () => {
    const process = await start("process.kill(process.pid, 'SIGKILL');");
    await expect(process.ready(20_000, never)).rejects.toThrow('was killed by SIGKILL');
  });

  it('when it takes too long, and it is killed then', async () => {
    const process = await start(stay);
    await expect(process.ready(100, never)).rejects.toThrow('was not ready after 0.1 s');
    expect(await process.exited).toBe('was killed by SIGKILL');
  });

  it('when it is not wanted any more', async () => {
    const process = await start(stay);
    const abort = new AbortController();
    const ready = process.ready(20_000, abort.signal);
    abort.abort(new Error('not wanted'));
    await expect(ready).rejects.toThrow('not wanted');
    await process.exited;
  });

  it('when it cannot be started at all', async () => {
    const log = new InstanceLog(join(folder, 'log'), 10_000);
    const options = { processPath: 'x', folder: join(folder, 'missing'), environment: {}, log };
    const process = new InstanceProcess(options);
    await expect(process.ready(20_000, never)).rejects.toThrow('could not be started');
  });
});

describe('a stop', () => {
  it('lets the process finish', async () => {
    const finish = "process.on('SIGTERM', () => setTimeout(() => process.exit(5), 50));";
    const process = await start(`${finish} ${sayReady} ${stay}`);
    await process.ready(20_000, never);
    await process.stop(20_000);
    expect(await process.exited).toBe('exited with code 5');
  });

  it('kills a process that does not listen', async () => {
    const process = await start(`process.on('SIGTERM', () => {}); ${sayReady} ${stay}`);
    await process.ready(20_000, never);
    await process.stop(50);
    expect(await process.exited).toBe('was killed by SIGKILL');
  });
});
