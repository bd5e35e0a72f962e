// Git repositories and a workspace with triggers on them. Its builds are done by hand.
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openWorkspace, type Workspace } from '@ridgeline/workspace';
import type { DeliveryPipeline } from '../../builds/delivery-pipeline.ts';
import { DeliveryDatabase } from '../../database/delivery-database.ts';
import { BuildTriggers } from '../build-triggers.ts';
import type { TriggerClock } from '../trigger-clock.ts';
import { LabBuilds } from './lab-builds.ts';
import { LabRepository } from './lab-repository.ts';

export class TriggerLab {
  readonly folder: string;
  readonly repository: LabRepository;
  readonly pipelines: DeliveryPipeline[] = [];
  readonly builds: LabBuilds;
  readonly errors: unknown[] = [];
  /** Of the hooks of every pipeline. */
  readonly hookSecret = 'hook s3cret';
  now = Date.parse('2026-03-02T00:00:00Z');
  #workspace: Workspace | null = null;

  private constructor(folder: string) {
    this.folder = folder;
    this.repository = this.repositoryAt('repository');
    this.builds = new LabBuilds(this.pipelines, () => this.now);
  }

  static async make(): Promise<TriggerLab> {
    const lab = new TriggerLab(await mkdtemp(path.join(tmpdir(), 'triggers-')));
    await mkdir(lab.repository.folder);
    await lab.repository.init();
    return lab;
  }

  /** Another one, to be made by `init`. */
  repositoryAt(name: string): LabRepository {
    return new LabRepository(path.join(this.folder, name));
  }

  /** As a server that starts anew on the same workspace. */
  async open(): Promise<BuildTriggers> {
    await this.#workspace?.close();
    this.#workspace = await openWorkspace({ folder: path.join(this.folder, 'workspace') });
    return new BuildTriggers({
      database: await DeliveryDatabase.open(this.#workspace.database),
      host: this.builds,
      clock: this.#clock(),
      hookSecretOf: async ({ hookSecretAt }) => (hookSecretAt === null ? null : this.hookSecret),
      onInternalError: (_pipeline, error) => this.errors.push(error),
    });
  }

  define(name: string, changes: Partial<DeliveryPipeline> = {}): DeliveryPipeline {
    const pipeline: DeliveryPipeline = {
      id: String(this.pipelines.length + 1),
      name,
      repository: { location: this.repository.folder, branch: 'main' },
      yamlPath: 'azure-pipelines.yml',
      variables: [],
      repositories: {},
      enabled: true,
      keepBuilds: 10,
      buildForks: false,
      hookSecretAt: null,
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

  /** Of the builds, the oldest first: pipeline, reason, branch and commit. */
  get queued() {
    return this.builds.all.map(({ pipelineName, reason, branch, commit }) => ({
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
}
