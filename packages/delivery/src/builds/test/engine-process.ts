// An engine in a process of its own, to be killed:
//   node engine-process.ts <workspace folder> <pipeline> [<the write that it kills itself before>]
// It queues a build, unless one is there that has not ended, waits for it, and says so.
import { openWorkspace } from '@ridgeline/workspace';
import { DeliveryAssets } from '../../assets/delivery-assets.ts';
import { BuildEngine } from '../build-engine.ts';
import { CountedWrites } from './counted-writes.ts';

const [folder = '', pipeline = '', crashPoint = 'Infinity'] = process.argv.slice(2);
const opened = await openWorkspace({ folder });
const { database } = new CountedWrites(opened.database, Number(crashPoint));
const workspace = { ...opened, database };
const engine = await BuildEngine.open(workspace, {
  assets: await DeliveryAssets.open(opened),
  slots: 1,
  onInternalError: (build, error) => console.error(build, error),
});
await engine.start();
const [known] = await engine.builds.list();
const { id } = known ?? (await engine.queue({ pipeline, requestedBy: 'ada' }));
await engine.waitFor(id);
console.log('ended');
// The tests end it, whatever comes first.
setInterval(() => {}, 60_000);
