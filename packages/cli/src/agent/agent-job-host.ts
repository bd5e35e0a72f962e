// What a job needs of its surroundings when it runs on an agent: all of it is with the server, but the
// cache, which is the agent's own.
import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import {
  type AttachmentDetails,
  type AttachmentKind,
  type CheckoutOptions,
  type CommitCheckout,
  type CoverageReport,
  checkOutCommit,
  type JobHost,
  LocalCache,
  type LogLine,
  type PlainFile,
  type ServiceConnection,
  type StepRecord,
  TaskFailure,
  type TestRun,
} from '@ridgeline/azure-pipelines';
import { AgentArtifacts } from './agent-artifacts.ts';
import type { JobConnection } from './job-connection.ts';
import { ReportSender } from './report-sender.ts';

export interface AgentJobHostOptions {
  readonly server: JobConnection;
  readonly signal: AbortSignal;
  /** For files on their way. */
  readonly transfers: string;
  readonly cacheFolder: string;
  /** Alias → the name of the repository. */
  readonly repositories: Readonly<Record<string, string>>;
}

type PackedCheckout = Pick<CommitCheckout, 'location' | 'ref' | 'commit'> & {
  readonly files: readonly PlainFile[];
};

export class AgentJobHost implements JobHost {
  readonly signal: AbortSignal;
  readonly artifacts: AgentArtifacts;
  readonly cache: LocalCache;
  readonly #server: JobConnection;
  readonly #transfers: string;
  readonly #repositories: Readonly<Record<string, string>>;
  readonly #reports: ReportSender;

  constructor({ server, signal, transfers, cacheFolder, repositories }: AgentJobHostOptions) {
    this.signal = signal;
    this.artifacts = new AgentArtifacts(server, transfers);
    this.cache = new LocalCache(cacheFolder);
    this.#server = server;
    this.#transfers = transfers;
    this.#repositories = repositories;
    this.#reports = new ReportSender((report) => server.report(report));
  }

  log(line: LogLine): void {
    this.#reports.line(line);
  }

  logDrained(): Promise<void> | undefined {
    return this.#reports.drained();
  }

  timeline(record: StepRecord): void {
    this.#reports.record(record);
  }

  /** The commit comes from the server: the agent need not reach the repository. */
  async checkout(
    repository: string,
    ref: string | undefined,
    into: string,
    options: CheckoutOptions,
  ): Promise<{ readonly commit: string }> {
    const transfer = randomUUID();
    const named = ref === undefined ? {} : { ref };
    const call = { kind: 'checkout', repository, ...named, options, transfer } as const;
    const { files, ...pinned } = (await this.#server.call(call)) as PackedCheckout;
    const mirror = path.join(this.#transfers, transfer);
    try {
      await this.#server.fetch(transfer, files, mirror);
      await checkOutCommit({ ...pinned, mirror, into, options, signal: this.signal });
    } catch (error) {
      throw new TaskFailure(error instanceof Error ? error.message : String(error), {
        cause: error,
      });
    } finally {
      await rm(mirror, { recursive: true, force: true });
    }
    return { commit: pinned.commit };
  }

  repositoryName(repository: string): string | undefined {
    return Object.hasOwn(this.#repositories, repository)
      ? this.#repositories[repository]
      : undefined;
  }

  async serviceConnection(name: string): Promise<ServiceConnection | undefined> {
    const call = { kind: 'serviceConnection', name } as const;
    return (await this.#server.call(call)) as ServiceConnection | undefined;
  }

  async secureFile(name: string): Promise<Uint8Array | undefined> {
    const content = await this.#server.call({ kind: 'secureFile', name } as const);
    return typeof content === 'string' ? Buffer.from(content, 'base64') : undefined;
  }

  async vaultSecrets(vault: string): Promise<ReadonlyMap<string, string> | undefined> {
    const call = { kind: 'vaultSecrets', vault } as const;
    const secrets = (await this.#server.call(call)) as Readonly<Record<string, string>> | undefined;
    return secrets && new Map(Object.entries(secrets));
  }

  async publishTestRun(run: TestRun): Promise<void> {
    await this.#server.call({ kind: 'publishTestRun', run } as const);
  }

  async publishCoverage({ reportFolder, ...report }: CoverageReport): Promise<void> {
    const sent = reportFolder && { reportFolder: await this.#server.send(reportFolder) };
    await this.#server.call({ kind: 'publishCoverage', report, ...sent } as const);
  }

  async attach(kind: AttachmentKind, file: string, details?: AttachmentDetails): Promise<void> {
    const source = await this.#server.send(file);
    const call = { kind: 'attach', attachment: kind, source, ...(details && { details }) } as const;
    await this.#server.call(call);
  }

  async setBuildNumber(buildNumber: string): Promise<void> {
    await this.#server.call({ kind: 'setBuildNumber', buildNumber } as const);
  }

  async addBuildTag(tag: string): Promise<void> {
    await this.#server.call({ kind: 'addBuildTag', tag } as const);
  }

  /** All that was told has arrived then. */
  async close(): Promise<void> {
    await this.#reports.close();
  }
}
