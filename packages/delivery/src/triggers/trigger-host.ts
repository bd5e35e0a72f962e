// What the triggers need of builds: a port, so that they can be tried without an engine.
import type { Build } from '../builds/build.ts';
import type { BuildRequest } from '../builds/build-request.ts';
import type { DeliveryPipeline, RepositoryPlace } from '../builds/delivery-pipeline.ts';
import type { RepositoryView } from './look/repository-view.ts';

export interface TriggerHost {
  pipelines(): Promise<readonly DeliveryPipeline[]>;
  repository(place: RepositoryPlace): RepositoryView;
  /** @throws DeliveryError */
  queue(request: BuildRequest): Promise<{ readonly id: string }>;
  /** Does nothing where it has ended. */
  cancel(id: string): Promise<void>;
  /** Null where it is no longer kept. */
  build(id: string): Promise<Build | null>;
  /** The build that an event has made already; null: none. */
  buildOf(eventId: string): Promise<{ readonly id: string } | null>;
  /** Builds and stages that ended behind this place, the oldest first, and the place after them. */
  endedSince(sequence: number): Promise<Ends>;
  /** Where `endedSince` begins for whoever wants nothing of what was. */
  lastSequence(): Promise<number>;
}

export interface Ends {
  readonly ends: readonly BuildEnd[];
  readonly sequence: number;
}

export interface BuildEnd {
  readonly buildId: string;
  /** Or of a stage of it. */
  readonly isWhole: boolean;
}
