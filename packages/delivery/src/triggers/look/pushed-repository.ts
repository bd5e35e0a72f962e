// A repository as pushes are looked for in it, whichever of a pipeline's it is.
import type { Decision, Push } from '@ridgeline/azure-pipelines';
import type { Happening } from '../trigger-event.ts';
import type { RepositoryView } from './repository-view.ts';

/** A repository whose pushes are looked for: the pipeline's own, or another one of `resources`. */
export interface PushedRepository {
  readonly view: RepositoryView;
  /** Branches and tags → their commits. */
  readonly heads: ReadonlyMap<string, string>;
  /** In full: what a new branch has changed is counted from where it left this one. */
  readonly mainBranch: string;
  /** How a ref of it is kept: unlike those of the pipeline's other repositories. */
  keyOf(ref: string): string;
  /** By what the file says; a text says what is wrong with it, undefined: there is none. */
  decide(commit: string, push: () => Promise<Push>): Promise<PushDecision | string | undefined>;
  happeningOf(ref: string, commit: string): PushHappening;
  isRunning(eventId: string): Promise<boolean>;
}

export type PushDecision = Decision & { readonly batch: boolean };
/** Without a reason it is that of the push: alone, or of a batch. */
export type PushHappening = Pick<Happening, 'branch' | 'commit' | 'facts'> &
  Partial<Pick<Happening, 'reason'>>;
