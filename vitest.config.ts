import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['packages/*/src/**/*.test.ts', 'templates/*/**/*.test.ts', 'test/**/*.test.ts'],
    // `npm run test:interop` runs the latter: they need more than Node.
    exclude: ['**/node_modules/**', 'test/interop/**'],
    testTimeout: 30_000,
    hookTimeout: 30_000,
    coverage: {
      provider: 'v8',
      include: ['packages/*/src/**/*.ts'],
      exclude: ['**/*.test.ts', '**/*.conformance.ts'],
      reporter: ['text-summary', 'html', 'cobertura'],
    },
  },
});
