// Outputs that are to be more than a part of their run: copied to a place on a datastore, and
// registered as data assets. The copy in the run stays; both can be repeated.
import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Step, StepOutput } from '@ridgeline/azureml-yaml';
import type { Workspace } from '@ridgeline/workspace';
import type { JobFailure } from '../job/job.ts';
import { outputArtifactPath } from '../step/step-folder.ts';
import { outputUri } from './output-uri.ts';
import { isRefusal } from './refusal.ts';
import type { PlacedOutput } from './step-inputs.ts';

/** The tags of a step's run that say where an output is kept, and which data asset it has become. */
export const outputUriTag = (output: string) => `ridgeline.output.${output}`;
export const outputAssetTag = (output: string) => `ridgeline.output_asset.${output}`;

/**
 * Null when all is done, else why it cannot be.
 * @param runId the run of the step itself
 * @param find where an output was kept
 */
export async function publishOutputs(
  workspace: Workspace,
  step: Pick<Step, 'name' | 'outputs'>,
  runId: string,
  find: (output: string) => PlacedOutput | null,
): Promise<JobFailure | null> {
  for (const [name, output] of step.outputs) {
    if (output.path === null) continue;
    const placed = find(name);
    if (placed === null) continue;
    try {
      const uri = outputUri(output.path, runId, name);
      await publish(workspace, runId, { name, uri, register: output.register }, placed);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      const problem = `output '${name}' of step '${step.name}' cannot be kept as its definition asks`;
      return { code: 'STEP_OUTPUT_INVALID', message: `${problem}: ${(error as Error).message}` };
    }
  }
  return null;
}

interface OutputToPublish {
  readonly name: string;
  readonly uri: string;
  readonly register: StepOutput['register'];
}

async function publish(
  workspace: Workspace,
  runId: string,
  { name, uri, register }: OutputToPublish,
  placed: PlacedOutput,
): Promise<void> {
  const { runs, artifacts } = workspace;
  const source = await artifacts.localPath(placed.runId, outputArtifactPath(placed.output));
  await copyToDatastore(workspace, source, uri);
  await runs.setTag(runId, outputUriTag(name), uri);
  if (register === null) return;
  const { data } = await runs.get(runId);
  // Without a version of its own, a second registration would make a second version.
  if (data.tags.some(({ key }) => key === outputAssetTag(name))) return;
  const asset = await registerAsset(workspace, register, uri, runId);
  await runs.setTag(runId, outputAssetTag(name), `${asset.name}:${asset.version}`);
}

async function registerAsset(
  { data }: Workspace,
  { name, version }: NonNullable<StepOutput['register']>,
  uri: string,
  runId: string,
) {
  if (version === null) {
    // What a server has registered that died before it could say so.
    const earlier = await data.versions(name).catch((error) => {
      if (isRefusal(error)) return [];
      throw error;
    });
    const same = earlier.find((asset) => asset.tags['ridgeline.run_id'] === runId);
    if (same !== undefined) return same;
  }
  const tags = { 'ridgeline.run_id': runId };
  return data.create({ name, ...(version !== null && { version }), uri, tags });
}

async function copyToDatastore(workspace: Workspace, source: string, uri: string): Promise<void> {
  const { datastore, path: place } = await workspace.datastores.resolveUri(uri);
  const target = place.replace(/\/+$/, '');
  if ((await stat(source)).isFile()) {
    await datastore.write(target, createReadStream(source));
    return;
  }
  const entries = await readdir(source, { recursive: true, withFileTypes: true });
  for (const entry of entries) {
    if (!entry.isFile()) continue;
    const file = path.join(entry.parentPath, entry.name);
    const relative = path.relative(source, file).split(path.sep).join('/');
    await datastore.write(`${target}/${relative}`, createReadStream(file));
  }
}
