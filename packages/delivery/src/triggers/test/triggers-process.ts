// Delivery in a process of its own, to be killed:
//   node triggers-process.ts <workspace folder> [<the write that it kills itself before>]
// It looks at everything once, and says how many writes that took.
import { openWorkspace } from '@ridgeline/workspace';
import { CountedWrites } from '../../builds/test/counted-writes.ts';
import { Delivery } from '../../delivery.ts';

const [folder = '', crashPoint = 'Infinity'] = process.argv.slice(2);
const opened = await openWorkspace({ folder });
const counted = new CountedWrites(opened.database, Number(crashPoint));
const delivery = await Delivery.open(
  { ...opened, database: counted.database },
  { serverUrl: () => '', onInternalError: (about, error) => console.error(about, error) },
);
await delivery.engine.start();
await delivery.triggers.look();
console.log(`looked ${counted.count}`);
// The test ends it, whatever comes first.
setInterval(() => {}, 60_000);
