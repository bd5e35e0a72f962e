// The engine of builds as the triggers need it.
import type { BuildEngine } from '../builds/build-engine.ts';
import { DeliveryError } from '../errors.ts';
import { RepositoryView } from './look/repository-view.ts';
import type { TriggerHost } from './trigger-host.ts';

export function engineHost(engine: BuildEngine): TriggerHost {
  const { pipelines, builds } = engine;
  return {
    pipelines: () => pipelines.list(),
    repository: ({ location }) => {
      // Fetched once for a look, and only where there is something to look at.
      let folder: Promise<string> | null = null;
      return new RepositoryView(location, () => {
        folder ??= engine.mirrorOf(location);
        return folder;
      });
    },
    queue: (request) => engine.queue(request),
    async cancel(id) {
      await engine.cancel(id).catch(nullIfOver);
    },
    build: (id) => builds.get(id).catch(nullIfOver),
    buildOf: (eventId) => builds.ofEvent(eventId),
    async endedSince(after) {
      const events = await builds.events({ after });
      const ends = events.flatMap(({ kind, buildId }) =>
        kind === 'ended' || kind === 'stageEnded' ? [{ buildId, isWhole: kind === 'ended' }] : [],
      );
      return { ends, sequence: events.at(-1)?.sequence ?? after };
    },
    lastSequence: () => builds.lastSequence(),
  };
}

function nullIfOver(error: unknown): null {
  const over: readonly string[] = ['BUILD_NOT_FOUND', 'BUILD_ENDED'];
  if (error instanceof DeliveryError && over.includes(error.code)) return null;
  throw error;
}
