// What builds would do, done by hand: keeps those that were queued, and a test says how they end.
import type { Build } from '../../builds/build.ts';
import type { BuildRequest } from '../../builds/build-request.ts';
import type { DeliveryPipeline } from '../../builds/delivery-pipeline.ts';
import type { DeliveryError } from '../../errors.ts';
import { RepositoryView } from '../look/repository-view.ts';
import type { BuildEnd, TriggerHost } from '../trigger-host.ts';

export class LabBuilds implements TriggerHost {
  readonly all: Build[] = [];
  /** What each was asked for, in the same order. */
  readonly requests: BuildRequest[] = [];
  readonly ends: BuildEnd[] = [];
  /** What queueing throws next. */
  refusal: DeliveryError | null = null;
  readonly #pipelines: readonly DeliveryPipeline[];
  readonly #now: () => number;

  constructor(pipelines: readonly DeliveryPipeline[], now: () => number) {
    this.#pipelines = pipelines;
    this.#now = now;
  }

  async pipelines(): Promise<readonly DeliveryPipeline[]> {
    return this.#pipelines;
  }

  repository({ location }: { readonly location: string }): RepositoryView {
    return new RepositoryView(location, async () => location);
  }

  async queue(request: BuildRequest): Promise<Build> {
    if (this.refusal !== null) throw this.refusal;
    const { pipeline: name, branch = '', commit = '', reason = 'Manual', triggeredBy } = request;
    const at = new Date(this.#now()).toISOString();
    const build: Build = {
      ...blank,
      id: String(this.all.length + 1),
      pipelineId: this.#pipelines.find((pipeline) => pipeline.name === name)?.id ?? '',
      pipelineName: name,
      reason,
      branch,
      commit,
      queuedAt: at,
      startedAt: at,
      triggeredBy: triggeredBy ?? null,
    };
    this.all.push(build);
    this.requests.push(request);
    return build;
  }

  async cancel(id: string): Promise<void> {
    this.end(id, 'canceled');
  }

  async build(id: string): Promise<Build | null> {
    return this.all.find((build) => build.id === id) ?? null;
  }

  async buildOf(eventId: string): Promise<Build | null> {
    const at = this.requests.findIndex(({ trigger }) => trigger?.event === eventId);
    return this.all[at] ?? null;
  }

  async endedSince(sequence: number) {
    return { ends: this.ends.slice(sequence), sequence: this.ends.length };
  }

  async lastSequence(): Promise<number> {
    return this.ends.length;
  }

  end(id: string, result: Build['result'] = 'succeeded', changes: Partial<Build> = {}): void {
    this.change(id, { status: 'completed', result, ...changes });
    this.ends.push({ buildId: id, isWhole: true });
  }

  endStage(id: string, stages: Build['stages']): void {
    this.change(id, { stages });
    this.ends.push({ buildId: id, isWhole: false });
  }

  change(id: string, changes: Partial<Build>): void {
    const at = this.all.findIndex((build) => build.id === id);
    const before = this.all[at];
    if (before === undefined) throw new Error(`there is no build ${id}`);
    this.all[at] = { ...before, ...changes };
  }
}

const blank = {
  buildNumber: '1',
  title: '1',
  status: 'inProgress',
  result: null,
  commitMessage: '',
  requestedBy: '',
  tags: [],
  attempt: 1,
  endedAt: null,
  parameters: {},
  variables: {},
  stages: [],
  issues: [],
  tests: [],
  coverage: [],
  approvals: [],
} as const;
