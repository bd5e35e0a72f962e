import { configDefaults, defineConfig } from 'vitest/config';

// A workspace in this folder keeps copies of the code that it ran, tests included.
export default defineConfig({
  test: { exclude: [...configDefaults.exclude, '.ridgeline/**', 'outputs/**'] },
});
