// `npm test`: sets up all that the tests need, then checks lint, types and behaviour.
// With arguments (`npm test -- packages/jobs`) it runs only those tests.
import { currentNode, run, setUp } from './set-up.mjs';

await setUp('testing');
const node = currentNode();
const chosen = process.argv.slice(2);
const vitest = ['node_modules/vitest/vitest.mjs', 'run'];
const checks =
  chosen.length > 0
    ? [[...vitest, ...chosen]]
    : [
        ['node_modules/@biomejs/biome/bin/biome', 'check', '--error-on-warnings'],
        ['node_modules/typescript/bin/tsc'],
        vitest,
      ];
for (const check of checks) {
  const code = await run(node, check);
  if (code !== 0) process.exit(code);
}
