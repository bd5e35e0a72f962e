// All that is decided before a build is there: its commit, its pipeline, and what it is told.
import type { TaskRegistry } from '@ridgeline/azure-pipelines';
import { checkConnections } from '../../assets/service-connections/check-named-connections.ts';
import { namedConnections } from '../../assets/service-connections/named-connections.ts';
import type { DeliveryReader } from '../../database/delivery-database.ts';
import { DeliveryError } from '../../errors.ts';
import type { BuildAssets } from '../build-assets.ts';
import type { BuildRequest } from '../build-request.ts';
import { isBranch } from '../definitions/check-definition.ts';
import type { DeliveryPipelines } from '../definitions/delivery-pipelines.ts';
import type { DeliveryPipeline } from '../delivery-pipeline.ts';
import type { Mirrors } from '../repository/mirrors.ts';
import { pinRepository } from '../repository/pinned-repository.ts';
import { refOf } from './build-context.ts';
import { type CompiledBuild, compileBuild } from './compile-build.ts';
import { type FoundBuild, findBuild, findBuildById } from './find-build.ts';
import { environmentsOf, type GatheredParts, groupsOf } from './gather-facts.ts';

export interface PlanSurroundings {
  readonly pipelines: DeliveryPipelines;
  readonly reader: DeliveryReader;
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
  const { pipelines, mirrors, tasks, assets, reader } = around;
  const definition = await pipelines.get(request.pipeline);
  checkRequest(request, definition);
  const { location } = definition.repository;
  const self = await pinRepository(mirrors, location, refOf(request, definition), request.commit);
  const context = { definition, request, self, serverUrl: around.serverUrl() };
  const compiled = await compileBuild(context, mirrors, tasks);
  const { pipeline, repositories } = compiled;
  const { triggeredBy } = request;
  const definitionVariables = await pipelines.variablesOf(definition);
  const groups = await groupsOf(pipeline, assets, definition.name);
  const known = { groups, definitionVariables, queueVariables: request.variables ?? {} };
  await checkConnections(namedConnections(pipeline, tasks, known), assets, definition.name);
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

function checkRequest(request: BuildRequest, definition: DeliveryPipeline): void {
  const { name, enabled, variables } = definition;
  if (!enabled)
    throw new DeliveryError(
      'DELIVERY_PIPELINE_DISABLED',
      `delivery pipeline '${name}' is disabled; enable it to start builds`,
    );
  const { branch, commit } = request;
  if (branch !== undefined && !isBranch(branch))
    throw invalid(`${JSON.stringify(branch)} cannot be the name of a branch`);
  if (commit !== undefined && !/^[0-9a-f]{4,64}$/i.test(commit))
    throw invalid(`${JSON.stringify(commit)} is no commit: expected hexadecimal digits`);
  for (const given of Object.keys(request.variables ?? {})) checkVariable(given, variables);
}

function checkVariable(given: string, variables: DeliveryPipeline['variables']): void {
  const known = variables.find(({ name }) => name.toLowerCase() === given.toLowerCase());
  if (known !== undefined && !known.allowOverride)
    throw invalid(
      `variable '${known.name}' cannot be set when a build is queued; allow that in the definition`,
    );
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

function invalid(message: string): DeliveryError {
  return new DeliveryError('BUILD_INVALID', message);
}
