// What the orchestrator is told of a build: variables of every kind, groups, environments, and what
// its resources stand for.
import {
  type EnvironmentResource,
  type GivenVariables,
  type Pipeline,
  predefined,
  type RunFacts,
  runVariables,
  variableLists,
} from '@ridgeline/azure-pipelines';
import type { BuildAssets } from '../build-assets.ts';
import type { PinnedRepository } from '../repository/pinned-repository.ts';
import { type BuildContext, variableFacts } from './build-context.ts';
import type { FoundBuild } from './find-build.ts';
import { resourceContext, resourceVariables, triggeringVariables } from './resource-facts.ts';

export interface GatheredParts {
  readonly context: BuildContext;
  readonly pipeline: Pipeline;
  readonly repositories: Readonly<Record<string, PinnedRepository>>;
  readonly definitionVariables: GivenVariables;
  readonly groups: ReadonlyMap<string, GivenVariables>;
  readonly environments: ReadonlyMap<string, readonly EnvironmentResource[]>;
  /** Alias → the build whose artifacts are meant. */
  readonly resources: ReadonlyMap<string, FoundBuild>;
  /** Its end has started this one. */
  readonly triggeredBy: FoundBuild | undefined;
}

/** @throws DeliveryError VARIABLE_GROUP_NOT_FOUND, VARIABLE_GROUP_NOT_PERMITTED */
export async function groupsOf(
  pipeline: Pipeline,
  assets: BuildAssets,
  definition: string,
): Promise<ReadonlyMap<string, GivenVariables>> {
  const entries = variableLists(pipeline).flat();
  const named = entries.flatMap((entry) => (entry.kind === 'group' ? [entry.group.text] : []));
  const names = [...new Set(named)];
  return names.length === 0 ? new Map() : assets.variableGroups(names, definition);
}

/** Of environments whose names are known before the build. */
export async function environmentsOf(
  { stages }: Pipeline,
  assets: BuildAssets,
): Promise<ReadonlyMap<string, readonly EnvironmentResource[]>> {
  const jobs = stages.flatMap((stage) => stage.jobs);
  const named = jobs.flatMap(({ environment }) => environment?.name.text ?? []);
  const names = [...new Set(named)].filter((name) => !name.includes('$'));
  const found = names.map(async (name) => [name, await assets.resourcesOf(name)] as const);
  return new Map(await Promise.all(found));
}

export function factsOf(parts: GatheredParts, id: number, buildNumber: string, at: Date): RunFacts {
  const { context, pipeline, repositories, resources, triggeredBy } = parts;
  const { request, definition } = context;
  const triggering = request.trigger?.resource;
  const build = { ...variableFacts(context), number: id, buildNumber };
  return {
    startTime: at.toISOString(),
    variables: new Map([
      ...runVariables(build),
      ...resourceVariables(pipeline, repositories, resources),
      ...triggerVariables(triggeredBy),
      ...triggeringVariables(triggering),
      // A job gets one of its own where the server gives them out.
      ['System.AccessToken', { value: '', secret: true, readonly: true }],
    ]),
    queueVariables: queueVariables(request.variables ?? {}, definition),
    definitionVariables: parts.definitionVariables,
    groups: parts.groups,
    environments: parts.environments,
    resources: resourceContext(pipeline, repositories, resources, triggering),
    stagesToSkip: request.stagesToSkip ?? [],
  };
}

/** What stands in the place of a secret is one. */
function queueVariables(
  given: Readonly<Record<string, string>>,
  { variables }: BuildContext['definition'],
): GivenVariables {
  const secret = new Set(
    variables.flatMap(({ name, isSecret }) => (isSecret ? [name.toLowerCase()] : [])),
  );
  return new Map(
    Object.entries(given).map(([name, value]) => {
      return [name, { value, secret: secret.has(name.toLowerCase()) }];
    }),
  );
}

function triggerVariables(build: FoundBuild | undefined): GivenVariables {
  if (build === undefined) return new Map();
  const values = {
    BuildId: build.id,
    DefinitionId: build.pipelineId,
    DefinitionName: build.pipelineName,
    BuildNumber: build.buildNumber,
    ProjectID: '',
  };
  return new Map(
    Object.entries(values).map(([name, value]) => [`Build.TriggeredBy.${name}`, predefined(value)]),
  );
}
