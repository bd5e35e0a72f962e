// A git repository and a workspace with triggers on them. What builds would do, the lab does by hand:
// it keeps those that were queued, and a test says how they end.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { git } from '@ridgeline/azure-pipelines';
import { openWorkspace, type Workspace } from '@ridgeline/workspace';
import type { Build } from '../../builds/build.ts';
import type { BuildRequest } from '../../builds/build-request.ts';
import type { DeliveryPipeline } from '../../builds/delivery-pipeline.ts';
import { DeliveryDatabase } from '../../database/delivery-database.ts';
import type { DeliveryError } from '../../errors.ts';
import { BuildTriggers } from '../build-triggers.ts';
import { RepositoryView } from '../repository-view.ts';
import type { TriggerClock } from '../trigger-clock.ts';
import type { TriggerHost } from '../trigger-host.ts';

const author = ['-c', 'user.name=Ann', '-c', 'user.email=ann@example.com'];

export class TriggerLab {
  readonly folder: string;
  readonly pipelines: DeliveryPipeline[] = [];
  readonly builds: Build[] = [];
  readonly errors: unknown[] = [];
  /** Ids of builds that have ended, in that order. */
  readonly ended: string[] = [];
  /** What queueing throws next. */
  refusal: DeliveryError | null = null;
  now = Date.parse('2026-03-02T00:00:00Z');
  #workspace: Workspace | null = null;

  private constructor(folder: string) {
    this.folder = folder;
  }

  static async make(): Promise<TriggerLab> {
    const lab = new TriggerLab(await mkdtemp(path.join(tmpdir(), 'triggers-')));
    await mkdir(lab.repository);
    await lab.git('init', '--quiet', '--initial-branch=main');
    return lab;
  }

  get repository(): string {
    return path.join(this.folder, 'repository');
  }

  /** As a server that starts anew on the same workspace. */
  async open(): Promise<BuildTriggers> {
    await this.#workspace?.close();
    this.#workspace = await openWorkspace({ folder: path.join(this.folder, 'workspace') });
    return new BuildTriggers({
      database: await DeliveryDatabase.open(this.#workspace.database),
      host: this.#host(),
      clock: this.#clock(),
      onInternalError: (_pipeline, error) => this.errors.push(error),
    });
  }

  git(...words: readonly string[]): Promise<string> {
    return git(this.repository, [...author, ...words]);
  }

  /** On the branch that stands there, or on a new one. */
  async push(
    files: Readonly<Record<string, string>>,
    { branch, message = 'change' }: { branch?: string; message?: string } = {},
  ): Promise<string> {
    if (branch !== undefined) await this.git('checkout', '--quiet', '-B', branch);
    for (const [name, text] of Object.entries(files)) {
      const file = path.join(this.repository, name);
      await mkdir(path.dirname(file), { recursive: true });
      await writeFile(file, text);
    }
    await this.git('add', '--all');
    await this.git('commit', '--quiet', '--allow-empty', '-m', message);
    return (await this.git('rev-parse', 'HEAD')).trim();
  }

  define(name: string, changes: Partial<DeliveryPipeline> = {}): DeliveryPipeline {
    const pipeline: DeliveryPipeline = {
      id: String(this.pipelines.length + 1),
      name,
      repository: { location: this.repository, branch: 'main' },
      yamlPath: 'azure-pipelines.yml',
      variables: [],
      repositories: {},
      enabled: true,
      keepBuilds: 10,
      createdAt: '',
      updatedAt: '',
      createdBy: '',
      ...changes,
    };
    this.pipelines.push(pipeline);
    return pipeline;
  }

  change(id: string, changes: Partial<DeliveryPipeline>): void {
    const at = this.pipelines.findIndex((pipeline) => pipeline.id === id);
    const before = this.pipelines[at];
    if (before !== undefined) this.pipelines[at] = { ...before, ...changes };
  }

  end(id: string, result: Build['result'] = 'succeeded', changes: Partial<Build> = {}): void {
    const at = this.builds.findIndex((build) => build.id === id);
    const before = this.builds[at];
    if (before === undefined) throw new Error(`there is no build ${id}`);
    this.builds[at] = { ...before, status: 'completed', result, ...changes };
    this.ended.push(id);
  }

  /** Of the builds, the oldest first: pipeline, reason, branch and commit. */
  get queued() {
    return this.builds.map(({ pipelineName, reason, branch, commit }) => ({
      pipeline: pipelineName,
      reason,
      branch: branch.replace(/^refs\/heads\//, ''),
      commit,
    }));
  }

  async dispose(): Promise<void> {
    await this.#workspace?.close();
    await rm(this.folder, { recursive: true, force: true });
  }

  #clock(): TriggerClock {
    return { now: () => this.now, after: () => () => {} };
  }

  #host(): TriggerHost {
    return {
      pipelines: async () => this.pipelines,
      repository: ({ repository: { location } }) =>
        new RepositoryView(location, async () => location),
      queue: async (request) => this.#queue(request),
      build: async (id) => this.builds.find((build) => build.id === id) ?? null,
      builds: async ({ pipeline, branch }) =>
        this.builds.filter((each) => each.pipelineName === pipeline && each.branch === branch),
      endedSince: async (sequence) => ({
        ids: this.ended.slice(sequence),
        sequence: this.ended.length,
      }),
      lastSequence: async () => this.ended.length,
    };
  }

  #queue(request: BuildRequest): { readonly id: string } {
    if (this.refusal !== null) throw this.refusal;
    const { pipeline: name, branch = '', commit = '', reason = 'Manual', triggeredBy } = request;
    const build: Build = {
      id: String(this.builds.length + 1),
      buildNumber: '1',
      pipelineId: this.pipelines.find((pipeline) => pipeline.name === name)?.id ?? '',
      pipelineName: name,
      status: 'inProgress',
      result: null,
      reason,
      branch,
      commit,
      commitMessage: '',
      requestedBy: '',
      tags: [],
      attempt: 1,
      queuedAt: new Date(this.now).toISOString(),
      startedAt: new Date(this.now).toISOString(),
      endedAt: null,
      parameters: {},
      variables: {},
      triggeredBy: triggeredBy ?? null,
      stages: [],
      issues: [],
      tests: [],
      coverage: [],
      approvals: [],
    };
    this.builds.push(build);
    return build;
  }
}
