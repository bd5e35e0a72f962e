// A job engine in a process of its own that is told what to do line by line, for tests that kill it
// at any moment:
//   node chaos-server.ts <workspace folder> <address>
// It says 'open' when it has taken up what was left. To 'submit <file>' it answers with the id of
// the job, to 'jobs' with a JSON object of the status of each job, by id.
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { openWorkspace } from '@ridgeline/workspace';
import { JobEngine } from '../engine/job-engine.ts';

const [folder = '', url = ''] = process.argv.slice(2);
const workspace = await openWorkspace({ folder });
const engine = await JobEngine.open(workspace, {
  trackingUrl: () => url,
  // Whatever is killed is tried again: how often it may be is not what is tested here.
  limits: { slots: 6, maxAttempts: 10_000 },
  onInternalError: (jobId, error) => {
    console.error(jobId, error);
    process.exit(1);
  },
});
await engine.start();
console.log('open');

async function answer(line: string): Promise<string> {
  const [verb, file = ''] = line.split('\t');
  if (verb === 'submit') {
    return (await engine.submit(JSON.parse(await readFile(file, 'utf8')))).id;
  }
  const jobs = await engine.list({ limit: 1_000 });
  return JSON.stringify(Object.fromEntries(jobs.map(({ id, status }) => [id, status])));
}

for await (const line of createInterface({ input: process.stdin })) console.log(await answer(line));
// It ends with the test that has started it.
process.exit();
