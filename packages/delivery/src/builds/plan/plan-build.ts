// All that is decided before a build is there: its commit, its pipeline, and what it is told.
import type { TaskRegistry } from '@ridgeline/azure-pipelines';
import { checkNamed } from '../../assets/check-named.ts';
import type { DeliveryDatabase, DeliveryReader } from '../../database/delivery-database.ts';
import type { BuildAssets } from '../build-assets.ts';
import type { BuildRequest } from '../build-request.ts';
import type { DeliveryPipelines } from '../definitions/delivery-pipelines.ts';
import { assetsForFork, withoutSecrets } from '../fork-rule.ts';
import type { Mirrors } from '../repository/mirrors.ts';
import { checkRequest, startOf } from './build-start.ts';
import { type CompiledBuild, compileBuild } from './compile-build.ts';
import { type FoundBuild, findBuild, findBuildById } from './find-build.ts';
import { environmentsOf, type GatheredParts, groupsOf } from './gather-facts.ts';

export interface PlanSurroundings {
  readonly pipelines: DeliveryPipelines;
  readonly database: DeliveryDatabase;
  readonly mirrors: Mirrors;
  readonly tasks: TaskRegistry;
  readonly assets: BuildAssets;
  readonly serverUrl: () => string;
}

export interface PlannedBuild {
  readonly parts: GatheredParts;
  readonly compiled: CompiledBuild;
}

/** @throws DeliveryError with what is wrong; nothing is written */
export async function planBuild(
  request: BuildRequest,
  around: PlanSurroundings,
): Promise<PlannedBuild> {
  const { pipelines, mirrors, tasks } = around;
  const { reader } = around.database;
  const definition = await pipelines.get(request.pipeline);
  checkRequest(request, definition);
  const start = await startOf(request, definition, around);
  const isFork = start.pullRequest?.isFork === true;
  const assets = isFork ? assetsForFork(around.assets) : around.assets;
  const context = { definition, request, ...start, serverUrl: around.serverUrl() };
  const compiled = await compileBuild(context, mirrors, tasks);
  const { pipeline, repositories } = compiled;
  const { triggeredBy } = request;
  const ownVariables = await pipelines.variablesOf(definition);
  const definitionVariables = isFork ? withoutSecrets(ownVariables) : ownVariables;
  const groups = await groupsOf(pipeline, assets, definition.name);
  const known = { groups, definitionVariables, queueVariables: request.variables ?? {} };
  await checkNamed({ pipeline, tasks, known, definition: definition.name }, assets);
  const parts = {
    context,
    pipeline,
    repositories,
    definitionVariables,
    groups,
    environments: await environmentsOf(pipeline, assets),
    resources: await resourceBuilds(request, compiled, reader),
    triggeredBy: triggeredBy === undefined ? undefined : await findBuildById(reader, triggeredBy),
  };
  return { parts, compiled };
}

async function resourceBuilds(
  { resources = {} }: BuildRequest,
  { pipeline }: CompiledBuild,
  reader: DeliveryReader,
): Promise<ReadonlyMap<string, FoundBuild>> {
  const found = new Map<string, FoundBuild>();
  for (const resource of pipeline.resources.pipelines) {
    const { alias } = resource;
    const named = Object.hasOwn(resources, alias) ? resources[alias] : undefined;
    const build =
      named === undefined
        ? await findBuild(reader, { kind: 'resource', alias }, [resource])
        : await findBuildById(reader, named);
    if (build !== undefined) found.set(alias, build);
  }
  return found;
}
