// Before the first test file: a keeper for the run's Postgres server, which starts it once asked.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    readonly postgresKeeperPort: number;
  }
}

export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const file = new URL('keeper.ts', import.meta.url).pathname;
  const keeper = spawn(process.execPath, [file], { stdio: ['pipe', 'pipe', 'inherit'] });
  const [line] = await once(keeper.stdout, 'data');
  project.provide('postgresKeeperPort', JSON.parse(String(line)).port);
  return async () => {
    const exited = once(keeper, 'exit');
    keeper.stdin.end();
    await exited;
  };
}
