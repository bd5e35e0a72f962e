// A job engine in a process of its own, for tests that kill it:
//   node engine-process.ts <workspace folder> <address> [<file with a submission>|- [<crash point>]]
// Says one line when it has taken up what was left: the id of the submitted job, or 'open'. With a
// crash point, it kills itself there; where it does not come so far, it says that all has ended.
import { readFile } from 'node:fs/promises';
import { openWorkspace } from '@ridgeline/workspace';
import { JobEngine } from '../engine/job-engine.ts';
import { withCrashPoint } from './crash-point.ts';
import { openMetricDesk } from './metric-desk.ts';

const [folder = '', url = '', submissionFile = '-', crashPoint] = process.argv.slice(2);
const opened = { workspace: await openWorkspace({ folder }), now: Date.now };
const { workspace, now } = withCrashPoint(opened, Number(crashPoint ?? Number.POSITIVE_INFINITY));
// 'desk' stands for a place that takes metrics.
const desk = url === 'desk' ? await openMetricDesk(() => workspace) : null;
const engine = await JobEngine.open(workspace, {
  trackingUrl: () => desk?.url ?? url,
  now,
  limits: { slots: 8 },
  onInternalError: (jobId, error) => {
    console.error(jobId, error);
    process.exit(1);
  },
});
await engine.start();
if (submissionFile === '-') {
  console.log('open');
} else {
  const { id } = await engine.submit(JSON.parse(await readFile(submissionFile, 'utf8')));
  console.log(id);
}
if (crashPoint !== undefined) {
  for (const { id } of await engine.list({ limit: 100 })) await engine.waitFor(id);
  console.log('ended');
}
// It ends with the test that has started it.
process.stdin.resume().on('end', () => process.exit());
