import { configDefaults, defineConfig } from 'vitest/config';

// A workspace in this folder keeps copies of the code that it ran, tests included.
export default defineConfig({
  test: {
    // They share their threads, as none of them mocks a module: half of the time is saved.
    isolate: false,
    pool: 'threads',
    // Some start processes, which take their time on a machine that builds other things too.
    testTimeout: 30_000,
    exclude: [...configDefaults.exclude, '.ridgeline/**', 'outputs/**'],
    coverage: {
      include: ['{data,deployment,evaluate,register,scoring,shared,training}/**/*.ts'],
      exclude: ['**/*.test.ts'],
      // The pipelines publish both: the figures, and the pages that show them.
      reporter: [['cobertura', { file: 'coverage.xml' }], 'html', 'text-summary'],
    },
  },
});
