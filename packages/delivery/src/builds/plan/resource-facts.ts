// The variables of a pipeline's resources, and what `resources` is in expressions.
import {
  type GivenVariables,
  type Pipeline,
  type PipelineResource,
  predefined,
  type RepositoryResource,
} from '@ridgeline/azure-pipelines';
import type { TriggeringResource } from '../build-request.ts';
import { factsOfRepository, type PinnedRepository } from '../repository/pinned-repository.ts';
import type { FoundBuild } from './find-build.ts';

type Values = Readonly<Record<string, string>>;
type Pins = Readonly<Record<string, PinnedRepository>>;

export function resourceVariables(
  { resources }: Pipeline,
  pins: Pins,
  builds: ReadonlyMap<string, FoundBuild>,
): GivenVariables {
  const lists = [
    ...resources.repositories.map((one) =>
      prefixed(`resources.repositories.${one.alias}`, ofRepository(one, pins)),
    ),
    ...resources.pipelines.map((one) =>
      prefixed(`resources.pipeline.${one.alias}`, ofPipeline(one, builds.get(one.alias))),
    ),
  ];
  return new Map(lists.flat().map(([name, value]) => [name, predefined(value)]));
}

export function resourceContext(
  { resources }: Pipeline,
  pins: Pins,
  builds: ReadonlyMap<string, FoundBuild>,
  triggering: TriggeringResource | undefined,
): unknown {
  const repositories = resources.repositories.map((one) => [one.alias, ofRepository(one, pins)]);
  const pipelines = resources.pipelines.map((one) => [
    one.alias,
    ofPipeline(one, builds.get(one.alias)),
  ]);
  return {
    repositories: Object.fromEntries(repositories),
    pipelines: Object.fromEntries(pipelines),
    triggeringAlias: triggering?.alias ?? '',
    triggeringCategory: triggering?.category ?? '',
  };
}

/** Which of the resources has started the build; empty where none has. */
export function triggeringVariables(resource: TriggeringResource | undefined): GivenVariables {
  return new Map([
    ['resources.triggeringAlias', predefined(resource?.alias ?? '')],
    ['resources.triggeringCategory', predefined(resource?.category ?? '')],
  ]);
}

function ofRepository({ alias, type, name, ref }: RepositoryResource, pins: Pins): Values {
  const pin = Object.hasOwn(pins, alias) ? pins[alias] : undefined;
  return {
    name: name?.text ?? pin?.name ?? alias,
    ref: pin?.ref ?? ref?.text ?? 'refs/heads/main',
    type,
    id: alias,
    url: pin === undefined ? '' : factsOfRepository(pin).uri,
    version: pin?.commit ?? '',
  };
}

function ofPipeline({ source, project }: PipelineResource, build: FoundBuild | undefined): Values {
  return {
    projectName: project?.text ?? '',
    pipelineName: source.text,
    pipelineID: build?.pipelineId ?? '',
    runName: build?.buildNumber ?? '',
    runID: build?.id ?? '',
    runURI: build === undefined ? '' : `vstfs:///Build/Build/${build.id}`,
    sourceBranch: build?.branch ?? '',
    sourceCommit: build?.commit ?? '',
  };
}

function prefixed(prefix: string, values: Values): ReadonlyArray<readonly [string, string]> {
  return Object.entries(values).map(([name, value]) => [`${prefix}.${name}`, value]);
}
