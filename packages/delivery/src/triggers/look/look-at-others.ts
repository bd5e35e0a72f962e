// Pushes to the other repositories of `resources` that have a trigger, as the file in the pipeline's
// default branch has it. They build the default branch, with the pushed commit of the other one.
import {
  branchRef,
  decideOnResourcePush,
  type RepositoryResource,
} from '@ridgeline/azure-pipelines';
import type { RepositoryPlace } from '../../builds/delivery-pipeline.ts';
import { type Findings, noFindings } from '../store/put-findings.ts';
import { type KnownPushes, lookForPushes } from './look-for-pushes.ts';
import type { PushedRepository } from './pushed-repository.ts';
import type { RepositoryView } from './repository-view.ts';
import type { Watched } from './watched.ts';

export interface KnownOthers extends KnownPushes {
  /** Alias → where it lay at the last look. */
  readonly others: ReadonlyMap<string, string>;
}

type Found = Pick<Findings, 'happenings' | 'heads' | 'batches' | 'others'>;

/** `isDue`: whether it is time to ask a repository again. */
export async function lookAtOthers(
  watched: Watched,
  known: KnownOthers,
  viewOf: (place: RepositoryPlace) => RepositoryView,
  isDue: (place: RepositoryPlace) => boolean,
): Promise<Found> {
  const resources = await resourcesOf(watched);
  if (resources === undefined) return noFindings;
  const found: Found[] = [forgotten(resources, known)];
  for (const [resource, place] of resources) {
    if (isDue(place)) found.push(await lookAtOne(watched, resource, place, known, viewOf(place)));
  }
  return {
    happenings: found.flatMap(({ happenings }) => happenings),
    heads: new Map(found.flatMap(({ heads }) => [...heads])),
    batches: new Map(found.flatMap(({ batches }) => [...batches])),
    others: new Map(found.flatMap(({ others }) => [...others])),
  };
}

type Placed = readonly (readonly [RepositoryResource, RepositoryPlace])[];

/** Undefined where the file cannot be read now: what is known stays. */
async function resourcesOf({ pipeline, heads, triggersAt }: Watched): Promise<Placed | undefined> {
  const commit = heads.get(branchRef(pipeline.repository.branch));
  const triggers = commit === undefined ? undefined : await triggersAt(commit);
  if (triggers === undefined || typeof triggers === 'string') return undefined;
  return triggers.repositories.flatMap((resource) => {
    const { alias, trigger } = resource;
    const { repositories } = pipeline;
    const place = Object.hasOwn(repositories, alias) ? repositories[alias] : undefined;
    return trigger?.enabled === true && place !== undefined ? [[resource, place] as const] : [];
  });
}

/** Those that have no trigger any more. */
function forgotten(resources: Placed, known: KnownOthers): Found {
  const watchedNow = new Set(resources.map(([{ alias }]) => alias));
  const gone = [...known.others.keys()].filter((alias) => !watchedNow.has(alias));
  return {
    ...noFindings,
    heads: new Map(gone.flatMap((alias) => keysOf(known.heads, alias).map((key) => [key, null]))),
    others: new Map(gone.map((alias) => [alias, null])),
  };
}

async function lookAtOne(
  watched: Watched,
  resource: RepositoryResource,
  place: RepositoryPlace,
  known: KnownOthers,
  view: RepositoryView,
): Promise<Found> {
  const { alias } = resource;
  const { heads } = await view.refs();
  const repository = otherRepository(watched, resource, place, view, heads);
  if (known.others.get(alias) !== place.location) {
    const first = [...heads].map(([ref, commit]) => [repository.keyOf(ref), commit] as const);
    const gone = keysOf(known.heads, alias).map((key) => [key, null] as const);
    const others = new Map([[alias, place.location]]);
    return { ...noFindings, heads: new Map([...gone, ...first]), others };
  }
  const own = { heads: of(known.heads, alias), batches: of(known.batches, alias) };
  return { ...(await lookForPushes(repository, own)), others: new Map() };
}

function otherRepository(
  { pipeline, isRunning }: Watched,
  { alias, trigger }: RepositoryResource,
  place: RepositoryPlace,
  view: RepositoryView,
  heads: ReadonlyMap<string, string>,
): PushedRepository {
  return {
    view,
    heads,
    mainBranch: branchRef(place.branch),
    keyOf: (ref) => `${alias}:${ref}`,
    async decide(_commit, push) {
      const { runs, why } = decideOnResourcePush(trigger, await push());
      return { runs, why: `${why} of repository "${alias}"`, batch: trigger?.batch ?? false };
    },
    happeningOf: (ref, commit) => ({
      reason: 'ResourceTrigger',
      branch: branchRef(pipeline.repository.branch),
      commit: '',
      facts: { alias, repositories: { [alias]: { ref, commit } } },
    }),
    isRunning,
  };
}

function keysOf(map: ReadonlyMap<string, unknown>, alias: string): readonly string[] {
  // No alias and no ref has a colon.
  return [...map.keys()].filter((key) => key.startsWith(`${alias}:`));
}

function of<T>(map: ReadonlyMap<string, T>, alias: string): ReadonlyMap<string, T> {
  return new Map([...map].filter(([key]) => key.startsWith(`${alias}:`)));
}
