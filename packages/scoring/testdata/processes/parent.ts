// Starts a scoring process, tells its port, and waits to be killed.

import { spawn } from 'node:child_process';
import { scoringProcessPath } from '../../src/index.ts';

const child = spawn(process.execPath, [scoringProcessPath], {
  stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
});
child.on('message', (message) => {
  const { port } = message as { readonly port: number };
  process.stdout.write(`${JSON.stringify({ port })}\n`);
});
setInterval(() => undefined, 60_000);
