import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

// Apart from the tests of `npm test`, which need nothing but Node.
export default defineConfig({
  root: fileURLToPath(new URL('../..', import.meta.url)),
  test: {
    include: ['test/interop/**/*.test.ts'],
    // Installing waits for the network more than it computes: two files at a time go well on two cores.
    maxWorkers: 2,
    testTimeout: 15 * 60_000,
    hookTimeout: 60_000,
  },
});
