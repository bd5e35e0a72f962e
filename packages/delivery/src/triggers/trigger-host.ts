// What the triggers need of builds: a port, so that they can be tried without an engine.
import type { Build, BuildSummary } from '../builds/build.ts';
import type { BuildFilter, BuildRequest } from '../builds/build-request.ts';
import type { DeliveryPipeline } from '../builds/delivery-pipeline.ts';
import type { RepositoryView } from './repository-view.ts';

export interface TriggerHost {
  pipelines(): Promise<readonly DeliveryPipeline[]>;
  repository(pipeline: DeliveryPipeline): RepositoryView;
  /** @throws DeliveryError */
  queue(request: BuildRequest): Promise<{ readonly id: string }>;
  /** Null where it is no longer kept. */
  build(id: string): Promise<Build | null>;
  builds(filter: BuildFilter): Promise<readonly BuildSummary[]>;
  /** Builds that ended behind this place, the oldest first, and the place after them. */
  endedSince(sequence: number): Promise<EndedBuilds>;
  /** Where `endedSince` begins for whoever wants nothing of what was. */
  lastSequence(): Promise<number>;
}

export interface EndedBuilds {
  readonly ids: readonly string[];
  readonly sequence: number;
}
