// The job engine with steps that do nothing, so that all the time that is taken is its own; and its
// peers in Python beside it.
// Run: node bench/jobs/bench.ts [overhead|queue|planning|peers ...]

// Each part loads what it measures and no more.
const parts = new Map<string, () => Promise<void>>([
  ['overhead', async () => (await import('./overhead.ts')).measureOverhead()],
  ['queue', async () => (await import('./queue.ts')).measureQueue()],
  ['planning', async () => (await import('./planning.ts')).measurePlanning()],
  ['peers', async () => (await import('./peers.ts')).measurePeers()],
]);

const named = process.argv.slice(2);
for (const name of named.length > 0 ? named : parts.keys()) {
  const measure = parts.get(name);
  if (measure === undefined)
    throw new Error(`'${name}' is none of ${[...parts.keys()].join(', ')}`);
  console.log(`\n${name}\n`);
  await measure();
}
