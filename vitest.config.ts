import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

const include = ['packages/*/src/**/*.test.ts', 'templates/*/**/*.test.ts', 'test/**/*.test.ts'];
// `npm run test:interop` runs the latter: they need more than Node.
const exclude = ['**/node_modules/**', 'test/interop/**'];

// These run a second time, on Postgres: all that is stored, and what takes up work after a crash.
const onPostgres = [
  'packages/workspace/src/*.test.ts',
  'packages/workspace/src/{changes,components,computes,data,database,datastores,environments,experiments}/*.test.ts',
  'packages/workspace/src/{gc,identity,lineage,logged-models,models,permissions,runs,secrets,webhooks,search}/*.test.ts',
  'packages/jobs/src/{job,published,reuse,schedules}/**/*.test.ts',
  'packages/jobs/src/engine/{crashes,lineage,resilience}.test.ts',
  'packages/endpoints/src/store/*.test.ts',
  'packages/delivery/src/builds/{builds,crashes,resilience,retention}.test.ts',
  'packages/delivery/src/triggers/*.test.ts',
  'packages/delivery/src/assets/secure-files/*.test.ts',
  'packages/delivery/src/assets/environments/*.test.ts',
  'packages/server/src/mlflow/*.test.ts',
  'packages/server/src/oauth/client-credentials.test.ts',
  'packages/server/src/routes/{data,delivery,identity,job,schedule}-routes.test.ts',
  'packages/server/src/fuzz-mutations.test.ts',
  'packages/server/src/{,events/}postgres-*.test.ts',
  'test/postgres/*.test.ts',
];
const onlyOnPostgres = '**/postgres-*.test.ts';
// These are about SQLite itself.
const notOnPostgres = [
  'packages/workspace/src/database/sqlite-*.test.ts',
  'packages/workspace/src/data/data-types-migration.test.ts',
];

export default defineConfig({
  test: {
    globalSetup: ['test/compile-cache.ts', 'test/postgres/global-setup.ts'],
    // Many tests wait for processes: two at a time go well on two cores too.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    testTimeout: 30_000,
    hookTimeout: 30_000,
    coverage: {
      provider: 'v8',
      include: ['packages/*/src/**/*.ts'],
      exclude: ['**/*.test.ts', '**/*.conformance.ts'],
      reporter: ['text-summary', 'html', 'cobertura'],
    },
    projects: [
      { extends: true, test: { name: 'sqlite', include, exclude: [...exclude, onlyOnPostgres] } },
      {
        extends: true,
        test: {
          name: 'postgres',
          include: onPostgres,
          exclude: [...exclude, ...notOnPostgres],
          setupFiles: ['test/postgres/schemas.ts'],
        },
      },
    ],
  },
});
