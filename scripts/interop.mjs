// `npm run test:interop`: what needs more than Node: Python with a package registry, and R. What a
// machine lacks is said first; its tests are then reported as skipped.
// With arguments (`npm run test:interop -- test/interop/r.test.ts`) it runs only those files.
import { spawnSync } from 'node:child_process';
import { currentNode, run, setUp } from './set-up.mjs';

const tools = [
  {
    name: 'Python',
    command: 'python3',
    args: ['--version'],
    advice: 'apt-get install python3 python3-venv',
  },
  { name: 'R', command: 'Rscript', args: ['--version'], advice: 'apt-get install r-base-core' },
];

await setUp('testing');
for (const { name, command, args, advice } of tools) {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8' });
  const found = `${stdout ?? ''}${stderr ?? ''}`.trim();
  console.error(status === 0 ? `${name}: ${found}` : `${name}: missing (${advice})`);
}
process.exitCode = await run(currentNode(), [
  'node_modules/vitest/vitest.mjs',
  'run',
  '--config',
  'test/interop/vitest.config.ts',
  ...process.argv.slice(2),
]);
