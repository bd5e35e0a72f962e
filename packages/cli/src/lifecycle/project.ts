// Where a project keeps the parts of its life. The files are Azure ML's and Azure Pipelines' own; their
// places are the sample project's, and a project of one's own keeps them.
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
  /** Null for a project without delivery pipelines. */
  readonly delivery: DeliveryFiles | null;
}

/** Paths of Azure Pipelines YAML from the project's folder. */
export interface DeliveryFiles {
  readonly training: string;
  readonly release: string;
  readonly batchScoring: string;
  /** What a team's variable group is filled in from. */
  readonly variableGroup: string;
}

/** @throws CliError PROJECT_INCOMPLETE */
export async function openProject(folder: string): Promise<Project> {
  const root = path.resolve(folder);
  if (!existsSync(root)) {
    const message = `there is no folder ${root}; name the project's, or make one with 'ridgeline init'`;
    throw new CliError('PROJECT_INCOMPLETE', message);
  }
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
    delivery: await findDelivery(root),
  };
}

const folderOfPipelines = '.pipelines';
const endOfTraining = '-ci.yml';

/** `NAME-ci.yml`, `NAME-cd.yml` and `NAME-batchscoring-ci.yml`, whatever the project is called. */
async function findDelivery(root: string): Promise<DeliveryFiles | null> {
  const names = await readdir(path.join(root, folderOfPipelines)).catch((): string[] => []);
  const has = (name: string) => names.includes(name);
  const project = names
    .filter((name) => name.endsWith(endOfTraining))
    .map((name) => name.slice(0, -endOfTraining.length))
    .find((name) => has(`${name}-cd.yml`) && has(`${name}-batchscoring-ci.yml`));
  if (project === undefined || !has('devopsforai-aml-vg.example.yml')) return null;
  return {
    training: `${folderOfPipelines}/${project}${endOfTraining}`,
    release: `${folderOfPipelines}/${project}-cd.yml`,
    batchScoring: `${folderOfPipelines}/${project}-batchscoring-ci.yml`,
    variableGroup: `${folderOfPipelines}/devopsforai-aml-vg.example.yml`,
  };
}
