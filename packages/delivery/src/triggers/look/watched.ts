// A pipeline as one look at it sees it: its definition, its repository, and where that stands now.
import type { DeliveryPipeline } from '../../builds/delivery-pipeline.ts';
import type { PublishedRefs } from './published-refs.ts';
import type { RepositoryView } from './repository-view.ts';
import type { ReadFile } from './trigger-reader.ts';

export interface Watched extends PublishedRefs {
  readonly pipeline: DeliveryPipeline;
  readonly view: RepositoryView;
  /** The triggers of its file in a commit. */
  triggersAt(commit: string): Promise<ReadFile>;
  /** Whether the build of an event goes on, or is still to begin. */
  isRunning(eventId: string): Promise<boolean>;
  readonly now: number;
}
