// `ridgeline build`: runs of delivery pipelines, queued, watched and decided about.
import { readParameter } from '@ridgeline/azure-pipelines';
import type { Build, BuildResult, BuildStatus, RidgelineClient } from '@ridgeline/client';
import { Command, Option } from 'commander';
import { type CommonOptions, withConnection } from '../connection/common-options.ts';
import { connect } from '../connection/connect.ts';
import { CliError } from '../errors.ts';
import { describeBuild, describeBuildList } from '../output/describe-build.ts';
import { printEither } from '../output/print.ts';
import { followBuild } from '../submit/follow-build.ts';
import { buildArtifactsCommand } from './build-artifacts-command.ts';
import { buildLogsCommand, quietReader } from './build-logs-command.ts';
import { collectName, collectPair, parseInteger } from './option-values.ts';

export function buildCommand(): Command {
  return new Command('build')
    .description('run delivery pipelines, and look after their builds')
    .addCommand(createCommand())
    .addCommand(listCommand())
    .addCommand(showCommand())
    .addCommand(buildLogsCommand())
    .addCommand(cancelCommand())
    .addCommand(rerunCommand())
    .addCommand(decisionCommand('approve', 'let a stage that waits for a person go on'))
    .addCommand(decisionCommand('reject', 'let a stage that waits for a person fail'))
    .addCommand(buildArtifactsCommand());
}

interface CreateOptions extends CommonOptions {
  readonly branch?: string;
  readonly commit?: string;
  readonly parameter: Readonly<Record<string, string>>;
  readonly variable: Readonly<Record<string, string>>;
  readonly skipStage: readonly string[];
  readonly wait?: true;
}

function createCommand(): Command {
  return withConnection(new Command('create'))
    .description('queue a build of a delivery pipeline')
    .argument('<pipeline>', 'the name of the delivery pipeline')
    .option('--branch <branch>', "a branch, or refs/tags/…; default the pipeline's")
    .option('--commit <commit>', 'default the newest of the branch')
    .option('--parameter <name=value>', 'a list or an object is YAML', collectPair, {})
    .option('--variable <name=value>', 'one that may be set', collectPair, {})
    .option('--skip-stage <id>', 'leave a stage out', collectName, [])
    .option('--wait', 'wait for its end; exit with 1 unless it succeeded')
    .addHelpText(
      'after',
      "\nExample:\n  ridgeline build create Model-CI --branch feature/a --parameter environments='[dev, test]' --wait",
    )
    .action(async (pipeline: string, options: CreateOptions) => {
      const client = await connect(options);
      const { branch, commit, parameter, variable, skipStage } = options;
      const parameters = Object.entries(parameter).map(
        ([name, text]) => [name, readParameter(name, text)] as const,
      );
      const build = await client.builds.queue({
        pipeline,
        ...(branch !== undefined && { branch }),
        ...(commit !== undefined && { commit }),
        parameters: Object.fromEntries(parameters),
        variables: variable,
        stagesToSkip: skipStage,
      });
      await finish(client, build, options);
    });
}

/** Shows the build: as it is, or when it has ended. */
async function finish(
  client: RidgelineClient,
  build: Build,
  { wait, json }: { readonly wait?: true; readonly json?: boolean },
): Promise<void> {
  const shown = wait ? await followBuild(client, build.id, quietReader) : build;
  printEither(json, shown, () => describeBuild(shown));
  if (wait && !isGood(shown.result)) {
    const message = `build ${shown.id} has ${shown.result}; 'ridgeline build logs ${shown.id}' shows why`;
    throw new CliError('BUILD_NOT_SUCCEEDED', message);
  }
}

function isGood(result: BuildResult | null): boolean {
  return result === 'succeeded' || result === 'succeededWithIssues';
}

interface ListOptions extends CommonOptions {
  readonly pipeline?: string;
  readonly branch?: string;
  readonly status?: BuildStatus;
  readonly result?: BuildResult;
  readonly tag?: string;
  readonly limit: number;
}

const statuses = ['inProgress', 'cancelling', 'completed'];
const results = ['succeeded', 'succeededWithIssues', 'failed', 'canceled'];

function listCommand(): Command {
  return withConnection(new Command('list'))
    .description('list builds, the newest first')
    .option('--pipeline <name>', 'only those of one delivery pipeline')
    .option('--branch <branch>', 'only those of one branch')
    .addOption(new Option('--status <status>', 'only those').choices(statuses))
    .addOption(new Option('--result <result>', 'only those that ended so').choices(results))
    .option('--tag <tag>', 'only those with a tag')
    .option('--limit <count>', 'at most so many', parseInteger, 100)
    .action(async (options: ListOptions) => {
      const { pipeline, branch, status, result, tag, limit } = options;
      const client = await connect(options);
      const builds = await client.builds.list({
        limit,
        ...(pipeline !== undefined && { pipeline }),
        ...(branch !== undefined && { branch }),
        ...(status !== undefined && { status }),
        ...(result !== undefined && { result }),
        ...(tag !== undefined && { tag }),
      });
      printEither(options.json, builds, () => describeBuildList(builds));
    });
}

function showCommand(): Command {
  return withConnection(new Command('show'))
    .description('show a build with its stages, jobs and steps')
    .argument('<id>', 'its number')
    .option('--yaml', 'in place of that: the final YAML that it runs')
    .action(async (id: string, options: CommonOptions & { readonly yaml?: true }) => {
      const { builds } = await connect(options);
      if (options.yaml) {
        process.stdout.write(await builds.yaml(id));
        return;
      }
      const build = await builds.get(id);
      printEither(options.json, build, () => describeBuild(build));
    });
}

function cancelCommand(): Command {
  return withConnection(new Command('cancel'))
    .description('ask a build to end, and wait until it has; what runs always still runs')
    .argument('<id>', 'its number')
    .action(async (id: string, options: CommonOptions) => {
      const { builds } = await connect(options);
      await builds.cancel(id);
      const build = await builds.wait(id);
      printEither(options.json, build, () => describeBuild(build));
    });
}

interface RerunOptions extends CommonOptions {
  readonly all?: true;
  readonly wait?: true;
}

function rerunCommand(): Command {
  return withConnection(new Command('rerun'))
    .description('run again what of a build has not succeeded, and what depends on it')
    .argument('<id>', 'its number')
    .option('--all', 'run all of it again')
    .option('--wait', 'wait for its end; exit with 1 unless it succeeded')
    .action(async (id: string, options: RerunOptions) => {
      const client = await connect(options);
      await finish(client, await client.builds.rerun(id, options.all ? 'all' : 'failed'), options);
    });
}

interface DecisionOptions extends CommonOptions {
  readonly stage?: string;
  readonly comment?: string;
}

function decisionCommand(verb: 'approve' | 'reject', description: string): Command {
  return withConnection(new Command(verb))
    .description(description)
    .argument('<id>', 'the number of the build')
    .option('--stage <id>', 'the stage; default: the one that waits')
    .option('--comment <text>', 'why; it is kept with the build')
    .action(async (id: string, options: DecisionOptions) => {
      const { builds } = await connect(options);
      const stage = options.stage ?? theOneThatWaits(await builds.get(id));
      const build = await builds[verb](id, stage, options.comment);
      printEither(options.json, build, () => describeBuild(build));
    });
}

/** @throws CliError USAGE */
function theOneThatWaits({ id, approvals }: Build): string {
  const open = approvals.filter(({ state }) => state === 'pending').map(({ stage }) => stage);
  const [stage, ...others] = new Set(open);
  if (stage !== undefined && others.length === 0) return stage;
  const message =
    stage === undefined
      ? `no stage of build ${id} waits for a person; 'ridgeline build show ${id}' shows what goes on`
      : `several stages of build ${id} wait: name one with --stage (${open.join(', ')})`;
  throw new CliError('USAGE', message);
}
