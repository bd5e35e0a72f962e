// The engine of builds as the triggers need it.
import type { BuildEngine } from '../builds/build-engine.ts';
import { DeliveryError } from '../errors.ts';
import { RepositoryView } from './repository-view.ts';
import type { TriggerHost } from './trigger-host.ts';

export function engineHost(engine: BuildEngine): TriggerHost {
  const { pipelines, builds } = engine;
  return {
    pipelines: () => pipelines.list(),
    repository: ({ repository: { location } }) => {
      // Fetched once for a look, and only where there is something to look at.
      let folder: Promise<string> | null = null;
      return new RepositoryView(location, () => {
        folder ??= engine.mirrorOf(location);
        return folder;
      });
    },
    queue: (request) => engine.queue(request),
    build: (id) => builds.get(id).catch(nullIfGone),
    builds: (filter) => builds.list(filter),
    async endedSince(after) {
      const events = await builds.events({ after, kind: 'ended' });
      const ids = events.map(({ buildId }) => buildId);
      return { ids, sequence: events.at(-1)?.sequence ?? after };
    },
    lastSequence: () => builds.lastSequence(),
  };
}

function nullIfGone(error: unknown): null {
  if (error instanceof DeliveryError && error.code === 'BUILD_NOT_FOUND') return null;
  throw error;
}
