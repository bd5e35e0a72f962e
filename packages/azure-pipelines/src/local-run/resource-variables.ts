// The variables of a pipeline's resources: of repositories as their folders stand, of pipelines
// the run whose artifacts a download would take.
import type { GivenVariables } from '../orchestrate/run-facts.ts';
import type { Pipeline } from '../pipeline/pipeline.ts';
import type { PipelineResource, RepositoryResource } from '../pipeline/resources.ts';
import { predefined } from './build-variables.ts';
import { findRun } from './find-run.ts';
import { readRepositoryFacts } from './repository-facts.ts';
import type { FolderSource } from './repository-source.ts';
import type { RunStore } from './run-store.ts';

type Pairs = ReadonlyArray<readonly [string, string]>;

export async function resourceVariables(
  { resources }: Pipeline,
  source: FolderSource,
  store: RunStore,
): Promise<GivenVariables> {
  const lists = await Promise.all([
    ...resources.repositories.map((one) => ofRepository(one, source)),
    ...resources.pipelines.map((one) => ofPipeline(one, store)),
  ]);
  return new Map(lists.flat().map(([name, value]) => [name, predefined(value)]));
}

async function ofRepository(
  { alias, type, name, ref }: RepositoryResource,
  source: FolderSource,
): Promise<Pairs> {
  const folder = source.folderOf(alias);
  const facts = folder === undefined ? undefined : await readRepositoryFacts(folder);
  return prefixed(`resources.repositories.${alias}`, {
    name: name?.text ?? facts?.name ?? alias,
    ref: ref?.text ?? facts?.branch ?? 'refs/heads/main',
    type,
    id: alias,
    url: facts?.uri ?? '',
    version: facts?.commit ?? '',
  });
}

async function ofPipeline(resource: PipelineResource, store: RunStore): Promise<Pairs> {
  const { alias, source, project } = resource;
  const run = await findRun({ kind: 'resource', alias }, [resource], store);
  return prefixed(`resources.pipeline.${alias}`, {
    projectName: project?.text ?? '',
    pipelineName: source.text,
    runName: run?.buildNumber ?? '',
    runID: run === undefined ? '' : String(run.number),
    sourceBranch: run?.request.branch ?? '',
    sourceCommit: run?.request.commit ?? '',
  });
}

function prefixed(prefix: string, values: Readonly<Record<string, string>>): Pairs {
  return Object.entries(values).map(([name, value]) => [`${prefix}.${name}`, value]);
}
