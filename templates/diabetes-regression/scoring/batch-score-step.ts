// The step that scores a file with a registered model: chooses the version, fetches its files, and
// leaves each row with its score. What cannot be scored fails aloud, with the numbers of its rows.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  clientFromEnvironment,
  type MlflowModelVersion,
  type RidgelineClient,
} from '@ridgeline/client';
import { readFlags } from '../shared/flags.ts';
import { ProjectError } from '../shared/project-error.ts';
import { runStep } from '../shared/run-step.ts';

const flagNames = [
  'model_name',
  'model_version',
  'model_tag_name',
  'model_tag_value',
  'scoring_data',
  'step_output',
] as const;
export type ScoringFlags = Readonly<Record<(typeof flagNames)[number], string>>;

type Models = Pick<RidgelineClient['models'], 'getVersion' | 'latestVersion'>;
type Artifacts = Pick<RidgelineClient['artifacts'], 'list' | 'download'>;

/** How many rows may stay without a score. */
const errorThreshold = 10;

/**
 * The version that is named, or the latest, or the latest with the tag. Blank stands for "not given".
 * @throws ProjectError FLAG_MISSING, MODEL_NOT_FOUND
 */
export async function chooseModel(
  models: Models,
  flags: ScoringFlags,
): Promise<MlflowModelVersion> {
  const name = flags.model_name.trim();
  const version = flags.model_version.trim();
  const [tag, value] = [flags.model_tag_name.trim(), flags.model_tag_value.trim()];
  if (name === '') {
    const message = 'Model name is required but no model name parameter was passed to the script';
    throw new ProjectError('FLAG_MISSING', message);
  }
  if ((tag === '') !== (value === '')) {
    const message = 'model_tag_name and model_tag_value go together: give both of them, or none';
    throw new ProjectError('FLAG_MISSING', message);
  }
  if (version !== '') return models.getVersion(name, version);
  const found = await models.latestVersion(name, tag === '' ? {} : { [tag]: value });
  if (found !== null) return found;
  const wanted = tag === '' ? '' : ` with the tag ${tag}=${value}`;
  throw new ProjectError('MODEL_NOT_FOUND', `no version of '${name}'${wanted} is registered`);
}

/** The files of a version, below `folder`. @throws ProjectError MODEL_HAS_NO_RUN */
export async function fetchModel(
  artifacts: Artifacts,
  { name, version, source }: Pick<MlflowModelVersion, 'name' | 'version' | 'source'>,
  folder: string,
): Promise<void> {
  const [, runId, place] = /^runs:\/([^/]+)\/(.+)$/.exec(source) ?? [];
  if (runId === undefined || place === undefined) {
    const message = `the files of ${name}:${version} are at ${source}, and not with a run`;
    throw new ProjectError('MODEL_HAS_NO_RUN', message);
  }
  await fetchFolder(artifacts, runId, place, folder);
}

async function fetchFolder(
  artifacts: Artifacts,
  runId: string,
  place: string,
  folder: string,
): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const { path: found, is_dir: isFolder } of await artifacts.list(runId, place)) {
    const target = path.join(folder, path.posix.basename(found));
    if (isFolder) await fetchFolder(artifacts, runId, found, target);
    else await artifacts.download(runId, found, target);
  }
}

async function score(model: string, modelName: string, flags: ScoringFlags): Promise<void> {
  const words = [
    ...['--json', '--model', model, '--model-name', modelName],
    ...['--input', flags.scoring_data, '--output', flags.step_output],
    ...['--error-threshold', String(errorThreshold)],
  ];
  const child = spawn('ridgeline-batch-score', words, { stdio: 'inherit' });
  const [exitCode] = await once(child, 'close');
  if (exitCode === 0) return;
  throw new ProjectError('SCORING_FAILED', `scoring with ${modelName} ended with ${exitCode}`);
}

if (import.meta.main) {
  await runStep(async () => {
    console.log('Initializing batch scoring script...');
    const flags = readFlags(flagNames);
    const { models, artifacts } = clientFromEnvironment();
    const version = await chooseModel(models, flags);
    const folder = await mkdtemp(path.join(tmpdir(), 'batch-score-'));
    try {
      await fetchModel(artifacts, version, folder);
      console.log(`Loaded model ${version.name}:${version.version}`);
      await score(folder, `${version.name}:${version.version}`, flags);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
}
