// For tests: a host that keeps everything in memory.

import type { ServiceConnection } from '../task/service-connection.ts';
import type { AttachmentDetails, AttachmentKind, JobHost } from './job-host.ts';
import type { LogLine } from './log-line.ts';
import type { StepRecord } from './step-record.ts';

interface Attached {
  readonly kind: AttachmentKind;
  readonly file: string;
  readonly details?: AttachmentDetails;
}

export class MemoryHost implements JobHost {
  readonly #cancel = new AbortController();
  readonly signal = this.#cancel.signal;
  readonly lines: LogLine[] = [];
  readonly records = new Map<string, StepRecord>();
  readonly attached: Attached[] = [];
  readonly published: { readonly name: string; readonly path: string }[] = [];
  readonly tags: string[] = [];
  readonly connections = new Map<string, ServiceConnection>();
  readonly vaults = new Map<string, ReadonlyMap<string, string>>();
  buildNumber = '';
  /** Told of every line. */
  onLine: (line: LogLine) => void = () => {};

  readonly artifacts: JobHost['artifacts'] = {
    publish: async (name, file) => void this.published.push({ name, path: file }),
    download: async () => ({ files: 0 }),
    list: async () => this.published.map(({ name }) => name),
  };
  readonly cache: JobHost['cache'] = { restore: async () => undefined, save: async () => {} };

  cancel(): void {
    this.#cancel.abort();
  }

  log(line: LogLine): void {
    this.lines.push(line);
    this.onLine(line);
  }

  timeline(record: StepRecord): void {
    this.records.set(record.id, record);
  }

  async checkout(): Promise<{ readonly commit: string }> {
    return { commit: '' };
  }

  repositoryName(repository: string): string {
    return repository;
  }

  async serviceConnection(name: string): Promise<ServiceConnection | undefined> {
    return this.connections.get(name);
  }

  async secureFile(): Promise<undefined> {}
  async vaultSecrets(vault: string): Promise<ReadonlyMap<string, string> | undefined> {
    return this.vaults.get(vault);
  }

  async publishTestRun(): Promise<void> {}
  async publishCoverage(): Promise<void> {}

  async attach(kind: AttachmentKind, file: string, details?: AttachmentDetails): Promise<void> {
    this.attached.push({ kind, file, ...(details === undefined ? {} : { details }) });
  }

  async setBuildNumber(buildNumber: string): Promise<void> {
    this.buildNumber = buildNumber;
  }

  async addBuildTag(tag: string): Promise<void> {
    this.tags.push(tag);
  }
}
