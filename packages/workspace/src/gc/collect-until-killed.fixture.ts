// A process that collects garbage until it is killed: see garbage-collector.test.ts.
import { openWorkspace } from '../workspace.ts';

const workspace = await openWorkspace({ folder: process.argv[2] ?? '' });
process.stdout.write('open\n');
const { runs } = await workspace.garbage.collect({ olderThanMs: 0 });
process.stdout.write(`${runs}\n`);
await workspace.close();
