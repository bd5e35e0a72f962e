// An engine with schedules in a process of its own, which kills itself right before the nth thing
// that it asks of its surroundings; where it does not come so far, it says that all has ended:
//   node schedule-process.ts <workspace folder> <the time, ISO> <crash point> [<spec file>]
// With a file, it first makes the schedule `s` that the file holds.
import { readFile } from 'node:fs/promises';
import { openWorkspace } from '@ridgeline/workspace';
import { JobEngine } from '../../engine/job-engine.ts';
import { withCrashPoint } from '../../test/crash-point.ts';
import { until } from '../../test/until.ts';
import { Schedules } from '../schedules.ts';
import { ManualClock } from './manual-clock.ts';

const [folder = '', time = '', crashPoint, specFile] = process.argv.slice(2);
const opened = { workspace: await openWorkspace({ folder }), now: Date.now };
const { workspace, now } = withCrashPoint(opened, Number(crashPoint));
const fail = (_what: string, error: unknown) => {
  console.error(error);
  process.exit(1);
};
const jobs = await JobEngine.open(workspace, {
  trackingUrl: () => 'http://127.0.0.1:9',
  now,
  limits: { slots: 8 },
  onInternalError: fail,
});
const clock = new ManualClock(time);
const schedules = await Schedules.open({ workspace, jobs, clock, onInternalError: fail });
await jobs.start();
await schedules.start();
if (specFile !== undefined) {
  await schedules.put('s', JSON.parse(await readFile(specFile, 'utf8')));
} else {
  await until('it has fired', async () => {
    const firings = await schedules.firings('s', 10);
    return firings.length > 0 && firings.every(({ status }) => status !== 'Pending');
  });
  for (const { id } of await jobs.list({ limit: 10 })) await jobs.waitFor(id);
}
console.log('ended');
process.exit();
