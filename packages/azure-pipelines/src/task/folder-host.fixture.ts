// For tests: a host that keeps artifacts and caches in folders, and all else where the test sees it.

import { cp, mkdir, readdir } from 'node:fs/promises';
import { basename, join, relative, sep } from 'node:path';
import type { CoverageReport } from './coverage/coverage-report.ts';
import { findFiles } from './glob/find-files.ts';
import { matchPaths } from './glob/match-paths.ts';
import type { CheckoutOptions, RunSelector, TaskHost } from './task-host.ts';
import type { TestRun } from './test-results/test-run.ts';
import type { TestStep } from './testing.fixture.ts';

/** Artifacts and caches as folders. */
export class FolderHost implements TaskHost {
  readonly #step: TestStep;
  readonly #store: string;

  constructor(step: TestStep) {
    this.#step = step;
    this.#store = join(step.root, 'store');
  }

  readonly artifacts: TaskHost['artifacts'] = {
    publish: async (name, path, { merge = false, excludes = () => false } = {}) => {
      const target = join(this.#folder(undefined), name);
      if (!merge && (await names(join(target, '..'))).includes(name))
        throw new Error(`${name} is there`);
      const entries = await findFiles(path, ['**']);
      const single = entries.length === 0;
      await mkdir(target, { recursive: true });
      if (single) await cp(path, join(target, basename(path)), { recursive: true });
      for (const file of entries) {
        const inside = relative(path, file).split(sep).join('/');
        if (!excludes(inside)) await cp(file, join(target, inside));
      }
    },
    download: async (name, into, patterns, run) => {
      const from = join(this.#folder(run), name);
      const files = await findFiles(from, ['**']);
      const chosen = matchPaths(files, patterns, from);
      for (const file of chosen) await cp(file, join(into, relative(from, file)));
      return { files: chosen.length };
    },
    list: (run) => names(this.#folder(run)),
  };

  readonly cache: TaskHost['cache'] = {
    restore: async ({ key, restorePrefixes }, into) => {
      const keys = (await names(join(this.#store, 'cache'))).map(decodeURIComponent);
      const prefix = restorePrefixes.find((one) => keys.some((known) => known.startsWith(one)));
      const found = keys.includes(key)
        ? key
        : keys.find((known) => prefix !== undefined && known.startsWith(prefix));
      if (found !== undefined) await cp(this.#cached(found), into, { recursive: true });
      return found;
    },
    save: async (key, from) => cp(from, this.#cached(key), { recursive: true }),
  };

  async checkout(
    repository: string,
    _ref: string | undefined,
    into: string,
    options: CheckoutOptions,
  ) {
    this.#step.checkouts.push({ repository, into, options });
    return { commit: 'c0ffee' };
  }

  repositoryName(repository: string) {
    return repository === 'self' ? 'team/app' : `team/${repository}-repo`;
  }

  async serviceConnection(name: string) {
    return this.#step.connections.get(name);
  }

  async secureFile(name: string) {
    return this.#step.secureFiles.get(name);
  }

  async vaultSecrets(vault: string) {
    return this.#step.vaults.get(vault);
  }

  async publishTestRun(run: TestRun) {
    this.#step.testRuns.push(run);
  }

  async publishCoverage(report: CoverageReport) {
    this.#step.coverage.push(report);
  }

  #folder(run: RunSelector | undefined): string {
    if (run === undefined) return join(this.#store, 'this-run');
    return join(this.#store, run.kind === 'resource' ? run.alias : run.pipeline);
  }

  #cached(key: string): string {
    return join(this.#store, 'cache', encodeURIComponent(key));
  }
}

async function names(folder: string): Promise<readonly string[]> {
  return readdir(folder).catch(() => []);
}
