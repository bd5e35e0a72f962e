// The variables of a pipeline's resources: of repositories as their folders stand, of pipelines
// the run whose artifacts a download would take, of containers their images.
import type { GivenVariables } from '../orchestrate/run-facts.ts';
import type { Pipeline } from '../pipeline/pipeline.ts';
import type { Container, PipelineResource, RepositoryResource } from '../pipeline/resources.ts';
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
    ...resources.containers.map(ofContainer),
  ]);
  const all = [...notTriggered, ...lists.flat()];
  return new Map(all.map(([name, value]) => [name, predefined(value)]));
}

/** A run here is started by hand. */
const notTriggered: Pairs = [
  ['resources.triggeringAlias', ''],
  ['resources.triggeringCategory', ''],
];

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
    projectID: '',
    pipelineName: source.text,
    pipelineID: run === undefined ? '' : '1',
    runName: run?.buildNumber ?? '',
    runID: run === undefined ? '' : String(run.number),
    runURI: run === undefined ? '' : `vstfs:///Build/Build/${run.number}`,
    sourceBranch: run?.request.branch ?? '',
    sourceCommit: run?.request.commit ?? '',
    sourceProvider: run === undefined ? '' : 'TfsGit',
    requestedFor: '',
    requestedForID: '',
  });
}

const imageParts =
  /^(?:(?<registry>[^/]*[.:][^/]*|localhost)\/)?(?<repository>[^:@]+)(?::(?<tag>[^@]+))?(?:@(?<digest>.+))?$/;

/** An image whose name only the run knows has no parts. */
function ofContainer({ alias, image }: Container): Pairs {
  const parts = imageParts.exec(image.text)?.groups ?? {};
  const { registry = '', repository = '', tag = '', digest = '' } = parts;
  return prefixed(`resources.container.${alias}`, {
    type: '',
    registry,
    repository,
    tag,
    digest,
    URI: image.text,
    location: '',
  });
}

function prefixed(prefix: string, values: Readonly<Record<string, string>>): Pairs {
  return Object.entries(values).map(([name, value]) => [`${prefix}.${name}`, value]);
}
