// A process that changes models and sends that to a webhook until it is killed: see
// webhook-sender.test.ts.
import { setImmediate as nextTurn } from 'node:timers/promises';
import { openWorkspace } from '../workspace.ts';

const workspace = await openWorkspace({
  folder: process.argv[2] ?? '',
  allowPrivateWebhooks: true,
});
workspace.webhooks.start({ timeoutMs: 500, firstPauseMs: 20 });
const from = Number(process.argv[3]);
for (let count = from; ; count += 1) {
  const name = `model-${String(count).padStart(6, '0')}`;
  await workspace.models.createRegisteredModel({ name });
  process.stdout.write(`${name}\n`);
  // As between two requests: else nothing that comes in is ever looked at.
  await nextTurn();
}
