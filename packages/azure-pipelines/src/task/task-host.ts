// What tasks need of the surroundings of their job: artifacts, sources, credentials, a cache, and
// places for results. A host answers for one job; where the things live is the host's affair.

import type { CoverageReport } from './coverage/coverage-report.ts';
import type { ServiceConnection } from './service-connection.ts';
import type { TestRun } from './test-results/test-run.ts';

export interface TaskHost {
  readonly artifacts: ArtifactStore;
  readonly cache: CacheStore;
  /** Brings a repository into a folder. `repository` is `self`, an alias, or `git://project/name`. */
  checkout(
    repository: string,
    ref: string | undefined,
    into: string,
    options: CheckoutOptions,
  ): Promise<{ readonly commit: string }>;
  /** The name by which a repository is known, which is the name of its folder among several. */
  repositoryName(repository: string): string | undefined;
  serviceConnection(name: string): Promise<ServiceConnection | undefined>;
  /** The contents of a secure file. */
  secureFile(name: string): Promise<Uint8Array | undefined>;
  /** The secrets of a key vault, or undefined where the host keeps none of that name. */
  vaultSecrets(vault: string): Promise<ReadonlyMap<string, string> | undefined>;
  publishTestRun(run: TestRun): Promise<void>;
  publishCoverage(report: CoverageReport): Promise<void>;
}

export interface ArtifactStore {
  /** A file or folder under a name; `merge` lets a name that exists take more files. */
  publish(name: string, path: string, options?: PublishOptions): Promise<void>;
  /** Puts the files of an artifact right into a folder; patterns are relative to the artifact. */
  download(
    name: string,
    into: string,
    patterns: readonly string[],
    run?: RunSelector,
  ): Promise<{ readonly files: number }>;
  list(run?: RunSelector): Promise<readonly string[]>;
}

export interface PublishOptions {
  readonly merge?: boolean;
  /** Files relative to `path` that are left out, as `.artifactignore` says. */
  readonly excludes?: (relativePath: string) => boolean;
}

/** Which run's artifacts: without one, those of this run. */
export type RunSelector =
  | { readonly kind: 'resource'; readonly alias: string }
  | {
      readonly kind: 'pipeline';
      readonly pipeline: string;
      readonly project?: string;
      readonly version: 'latest' | 'latestFromBranch' | 'specific';
      readonly branch?: string;
      readonly runId?: string;
      readonly tags?: readonly string[];
      readonly allowPartiallySucceeded?: boolean;
      readonly allowFailed?: boolean;
      /** Take the run that triggered this one, if it is of that pipeline. */
      readonly preferTriggering?: boolean;
    };

export interface CacheStore {
  /** Puts the newest entry that fits into a folder, and gives its key. */
  restore(request: CacheRequest, into: string): Promise<string | undefined>;
  /** Does nothing where the key is taken: entries never change. */
  save(key: string, from: string): Promise<void>;
}

export interface CacheRequest {
  readonly key: string;
  /** Beginnings of keys, tried in this order when the key itself is not there. */
  readonly restorePrefixes: readonly string[];
}

export interface CheckoutOptions {
  readonly clean: boolean;
  /** 0 is the whole history. */
  readonly fetchDepth: number;
  readonly fetchFilter?: string;
  readonly fetchTags: boolean;
  readonly lfs: boolean;
  readonly submodules: false | true | 'recursive';
  readonly persistCredentials: boolean;
  readonly sparseDirectories: readonly string[];
  readonly sparsePatterns: readonly string[];
}
