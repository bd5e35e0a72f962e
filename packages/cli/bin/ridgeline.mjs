#!/usr/bin/env node
// Starts the CLI on a Node that runs TypeScript natively: this one where it is new enough,
// otherwise the one that the npm package `node` brings.
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const oldestNode = 24;
const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));

if (Number.parseInt(process.versions.node, 10) >= oldestNode) {
  await import(main);
} else {
  const packageFile = createRequire(import.meta.url).resolve('node/package.json');
  const child = spawn(
    path.join(path.dirname(packageFile), 'bin', 'node'),
    [main, ...process.argv.slice(2)],
    { stdio: 'inherit' },
  );
  // The terminal sends Ctrl-C to the whole process group: the child decides when to end.
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => {
    process.exitCode = signal ? 128 + 15 : (code ?? 1);
  });
}
