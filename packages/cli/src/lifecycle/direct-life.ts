// The life of a project without delivery pipelines: data, publication of the training pipeline, a start
// of it with its verdict, deployment, smoke test, batch scoring. Each stage is what a person would do
// with the CLI, in the same order.
import type {
  DataAsset,
  Endpoint,
  Job,
  PublishedPipeline,
  RidgelineClient,
} from '@ridgeline/client';
import { isGoodEnd } from '../commands/job-command.ts';
import { describeVerdict } from '../output/describe-job.ts';
import { readBatchResult } from '../submit/batch-score.ts';
import { createData, type NewData, readDataFile } from '../submit/create-data.ts';
import { deploy, describeModel, readDeploymentFile } from '../submit/deploy.ts';
import { publishPipelineFile } from '../submit/publish-pipeline.ts';
import { submitJobFile } from '../submit/submit-job.ts';
import { sha256 } from '../submit/upload-data.ts';
import { watchJob } from '../submit/watch-job.ts';
import { type Life, type LifecycleResult, type Scoring, type Surroundings, stage } from './life.ts';
import { notCompleted } from './not-completed.ts';
import type { Project } from './project.ts';
import type { StageReport } from './reporter.ts';
import { runSmokeTest } from './smoke-test.ts';

export function directLife(around: Surroundings): Life {
  return { run: () => runDirectly(around), goOn: '' };
}

async function runDirectly({ client, project, token }: Surroundings): Promise<LifecycleResult> {
  await stage('Data', (report) => registerData(client, project, report));
  const published = await stage('Publishing', (report) => publish(client, project, report));
  const training = await stage('Training', (report) => train(client, published, report));
  const endpoint = await stage('Deployment', (report) => deployModel(client, project, report));
  await stage('Smoke test', (report) =>
    smokeTest({ url: client.url, token }, project, endpoint, report),
  );
  const scoring = await stage('Batch scoring', (report) => batchScore(client, project, report));
  const { verdict, id } = training;
  return { verdict, trainingJob: id, endpoint, scoring, builds: null, waiting: [] };
}

async function registerData(
  client: RidgelineClient,
  { dataFiles }: Project,
  report: StageReport,
): Promise<void> {
  const registered: string[] = [];
  for (const file of dataFiles) {
    const data = await readDataFile(file);
    report.progress(data.name);
    const { name, version, rowCount } =
      (await findUnchanged(client, data)) ?? (await createData(client, data));
    registered.push(`${name}:${version} (${rowCount === null ? 'a folder' : `${rowCount} rows`})`);
  }
  report.succeed(registered.join(', '));
}

/** The latest version, where the file still is what was registered. */
async function findUnchanged(client: RidgelineClient, data: NewData): Promise<DataAsset | null> {
  const known = (await client.data.list()).find(({ name }) => name === data.name);
  return known !== undefined && known.sha256 === (await sha256(data.path)) ? known : null;
}

async function publish(
  client: RidgelineClient,
  { trainingPipeline }: Project,
  report: StageReport,
): Promise<PublishedPipeline> {
  const published = await publishPipelineFile(client, trainingPipeline);
  report.succeed(`${published.name} version ${published.version}`);
  return published;
}

async function train(
  client: RidgelineClient,
  { id }: PublishedPipeline,
  report: StageReport,
): Promise<Job> {
  const submitted = await client.pipelines.submit(id);
  const job = await watchSteps(client, submitted, report);
  if (!isGoodEnd(job)) throw await notCompleted(client, job);
  report.succeed(job.verdict === null ? job.status : describeVerdict(job.verdict));
  return job;
}

async function deployModel(
  client: RidgelineClient,
  project: Project,
  report: StageReport,
): Promise<Endpoint> {
  const deployment = await readDeploymentFile(project.deployment);
  report.progress(`${describeModel(deployment.model)} behind ${deployment.endpointName}`);
  const endpoint = await deploy(client, deployment);
  const [behind] = endpoint.deployments;
  report.succeed(`${behind?.model.name}:${behind?.model.version} at ${endpoint.scoringUri}`);
  return endpoint;
}

async function smokeTest(
  server: { readonly url: string; readonly token: string },
  project: Project,
  endpoint: Endpoint,
  report: StageReport,
): Promise<void> {
  report.progress(endpoint.scoringUri);
  await runSmokeTest(server, project, endpoint.name);
  report.succeed('Smoke test successful.');
}

async function batchScore(
  client: RidgelineClient,
  project: Project,
  report: StageReport,
): Promise<Scoring> {
  const submitted = await submitJobFile(client, project.batchScoring);
  const job = await watchSteps(client, submitted, report);
  if (job.status !== 'Completed') throw await notCompleted(client, job);
  const result = await readBatchResult(client, job, job.steps[0]?.name ?? '');
  if (result === null) throw new Error(`job ${job.id} reported no result`);
  const { scoredCount, failedCount, rowCount } = result;
  report.succeed(`${scoredCount} of ${rowCount} rows scored`);
  return { job: job.id, rowsScored: scoredCount, rowsNotScored: failedCount };
}

function watchSteps(client: RidgelineClient, { id }: Job, report: StageReport): Promise<Job> {
  return watchJob(client, id, (step) => {
    if (step.status === 'Running') report.progress(step.displayName);
  });
}
