// A process that opens a workspace, says how that went, and holds it until it is killed: see
// workspace.test.ts.
import { openWorkspace } from './workspace.ts';

try {
  await openWorkspace({ folder: process.argv[2] ?? '' });
  process.stdout.write('open\n');
} catch (error) {
  process.stdout.write(`${error instanceof Error && 'code' in error ? error.code : error}\n`);
}
setInterval(() => {}, 60_000);
