// Where a project keeps the parts of its life. The files are Azure ML's own; their places are the
// sample project's, and a project of one's own keeps them.
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { CliError } from '../errors.ts';

export interface Project {
  /** The project's folder, absolute. */
  readonly folder: string;
  /** Azure ML YAML of its data assets. */
  readonly dataFiles: readonly string[];
  readonly trainingPipeline: string;
  readonly deployment: string;
  readonly smokeTest: string;
  readonly batchScoring: string;
}

/** @throws CliError PROJECT_INCOMPLETE */
export async function openProject(folder: string): Promise<Project> {
  const root = path.resolve(folder);
  const required = (place: string) => {
    const file = path.join(root, place);
    if (existsSync(file)) return file;
    const message = `${root} has no ${place}; 'ridgeline init' makes a project that has all parts`;
    throw new CliError('PROJECT_INCOMPLETE', message);
  };
  const data = required('data');
  const dataFiles = (await readdir(data)).filter((name) => /\.ya?ml$/.test(name)).sort();
  return {
    folder: root,
    dataFiles: dataFiles.map((name) => path.join(data, name)),
    trainingPipeline: required('pipelines/training-pipeline.yml'),
    deployment: required('deployment/deployment.yml'),
    smokeTest: required('deployment/smoke-test.ts'),
    batchScoring: required('pipelines/batch-scoring.yml'),
  };
}
