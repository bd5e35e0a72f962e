// The whole server as a process of its own: `node serve-all.ts FOLDER`.
import { once } from 'node:events';
import { flushCompileCache } from 'node:module';
import { startServer } from '../src/start-server.ts';

const [, , folder = ''] = process.argv;
// It ends with whoever holds its stdin.
process.stdin.once('end', () => process.exit());
// Who is killed would write nothing of it.
flushCompileCache();
await once(process.stdin, 'data');
const { url, token } = await startServer({ folder, port: 0, logger: false });
process.stdout.write(`${JSON.stringify({ url, token })}\n`);
