// From a definition as it is given to the columns that it is kept in.
import { branchRef, shortName, tryGit } from '@ridgeline/azure-pipelines';
import { keyOf } from '../../assets/check-words.ts';
import type { NewDeliveryPipeline, RepositoryPlace } from '../delivery-pipeline.ts';
import { defaultKeepBuilds, defaultYamlPath } from './check-definition.ts';

export async function fieldsOf(definition: NewDeliveryPipeline) {
  const { name, repository, yamlPath, repositories = {}, enabled, keepBuilds } = definition;
  const places = Object.entries(repositories).map(
    async ([alias, place]) => [alias, await placeOf(place)] as const,
  );
  const { location, branch } = await placeOf(repository);
  return {
    name,
    name_key: keyOf(name),
    location,
    branch,
    yaml_path: (yamlPath ?? defaultYamlPath).replace(/^\/+/, ''),
    repositories: JSON.stringify(Object.fromEntries(await Promise.all(places))),
    enabled: enabled === false ? 0 : 1,
    keep_builds: keepBuilds ?? defaultKeepBuilds,
    build_forks: definition.buildForks === true ? 1 : 0,
  };
}

/** Without a branch, the one that the repository itself has for its own. */
async function placeOf(place: {
  readonly location: string;
  readonly branch?: string;
}): Promise<RepositoryPlace> {
  const { location, branch } = place;
  if (branch !== undefined) return { location, branch: shortName(branchRef(branch)) };
  const said = await tryGit('.', ['ls-remote', '--symref', '--', location, 'HEAD']);
  return { location, branch: /^ref: refs\/heads\/(\S+)/.exec(said ?? '')?.[1] ?? 'main' };
}
