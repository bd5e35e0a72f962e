// All that the triggers keep.
import type { DeliveryDatabase } from '../../database/delivery-database.ts';
import { CompletionStore } from './completion-store.ts';
import { EventStore } from './event-store.ts';
import { PullRequestStore } from './pull-request-store.ts';
import { WatchStore } from './watch-store.ts';

export interface TriggerStores {
  readonly watches: WatchStore;
  readonly events: EventStore;
  readonly pulls: PullRequestStore;
  readonly completions: CompletionStore;
}

export function triggerStores(database: DeliveryDatabase): TriggerStores {
  return {
    watches: new WatchStore(database),
    events: new EventStore(database),
    pulls: new PullRequestStore(database),
    completions: new CompletionStore(database),
  };
}
