// The life of a project by its delivery pipelines: the build that trains, then the release and the
// batch scoring, which its end starts. What is said of each is read from the builds and from the jobs
// of the workspace that they have started.
import path from 'node:path';
import { CliError } from '../../errors.ts';
import { printNote } from '../../output/print.ts';
import { style } from '../../output/style.ts';
import { formatFields } from '../../output/table.ts';
import {
  type Life,
  type LifecycleResult,
  type LifeOptions,
  type Surroundings,
  stage,
} from '../life.ts';
import type { DeliveryFiles } from '../project.ts';
import { reportStage } from '../reporter.ts';
import { scoreInBatch } from './batch-scoring-build.ts';
import {
  batchScoringPipeline,
  type DeliveryHome,
  ensureDelivery,
  releasePipeline,
} from './ensure-delivery.ts';
import { begin } from './follow-up-build.ts';
import { openRepository, type ProjectRepository, shortPath } from './project-repository.ts';
import { release } from './release-build.ts';
import { train } from './training-build.ts';

export async function deliveredLife(around: Surroundings, files: DeliveryFiles): Promise<Life> {
  const { client, project, workspace, workspaceName } = around;
  const { folder } = project;
  const repository = await openRepository(folder, workspace);
  describeRepository(repository);
  const home = { client, folder, files, repository, workspaceName };
  const made = await ensureDelivery(home);
  if (made.length > 0) await stage('Delivery', async (report) => report.succeed(made.join(', ')));
  return { run: (options) => runByBuilds(home, options), goOn: describeNextBuild(home) };
}

async function runByBuilds(home: DeliveryHome, options: LifeOptions): Promise<LifecycleResult> {
  const training = await stage('Training', (report) => train(home, report));
  if (!training.canBeReleased) {
    printNote(
      "No build has a model that could be released; 'ridgeline endpoint create -f deployment/deployment.yml' deploys the one in production by hand.",
    );
    const builds = { training: training.build.id, release: null, batchScoring: null };
    const nothing = { endpoint: null, scoring: null, waiting: [] };
    return { verdict: training.verdict, trainingJob: training.job, ...nothing, builds };
  }
  // Both go at once, and each tells its end, before the failure of one ends this.
  const { client } = home;
  const releasing = begin(home, releasePipeline, training);
  const scoring = begin(home, batchScoringPipeline, training);
  const [released, scored] = await allSettledInTurn(
    () => stage('Release', (report) => release(client, releasing, options, report)),
    () => stage('Batch scoring', (report) => scoreInBatch(client, scoring, options, report)),
  );
  return {
    verdict: training.verdict,
    trainingJob: training.job,
    endpoint: released.endpoint,
    scoring: scored.scoring,
    builds: { training: training.build.id, release: released.build, batchScoring: scored.build },
    waiting: [...released.waiting, ...scored.waiting],
  };
}

/** @throws the one error, or both as one */
async function allSettledInTurn<A, B>(
  first: () => Promise<A>,
  second: () => Promise<B>,
): Promise<readonly [A, B]> {
  const [a] = await Promise.allSettled([first()]);
  const [b] = await Promise.allSettled([second()]);
  if (a.status === 'fulfilled' && b.status === 'fulfilled') return [a.value, b.value];
  const reasons = [a, b].flatMap((end) => (end.status === 'rejected' ? [end.reason] : []));
  if (reasons.length === 1) throw reasons[0];
  const message = reasons.map((reason) => (reason as Error).message).join('\n\n');
  throw new CliError('BUILD_NOT_SUCCEEDED', message);
}

const namedFiles = 3;

function describeRepository(repository: ProjectRepository): void {
  const { isNew, changedFiles, uncommittedFiles, location, commit } = repository;
  if (isNew) {
    const what = `${changedFiles.length} files, commit ${commit.slice(0, 7)}`;
    reportStage('Repository').succeed(`${location} (${what}): each start commits what has changed`);
  } else if (changedFiles.length > 0)
    reportStage('Repository').succeed(`commit ${commit.slice(0, 7)}: ${listFiles(changedFiles)}`);
  if (uncommittedFiles.length > 0)
    printNote(`Not committed, and so in no build: ${listFiles(uncommittedFiles)}.`);
}

function listFiles(names: readonly string[]): string {
  const more = names.length - namedFiles;
  return more > 0 ? `${names.slice(0, namedFiles).join(', ')} and ${more} more` : names.join(', ');
}

function describeNextBuild({ folder, repository }: DeliveryHome): string {
  const parameters = shortPath(path.join(folder, 'parameters.json'));
  const fields = formatFields([
    ['look at the builds', 'npx ridgeline build list'],
    ['read a log', 'npx ridgeline build logs 1'],
    [
      'start the next',
      `change ${parameters}, then: ${repository.gitCommand} commit -am 'a change'`,
    ],
  ]);
  return `${style.dim('The builds, and the next one:')}\n${fields}`;
}
