// `ridgeline build`: runs of delivery pipelines, queued, watched and decided about.
import type { Build, BuildResult, BuildStatus } from '@ridgeline/client';
import { Command, Option } from 'commander';
import { type CommonOptions, withConnection } from '../connection/common-options.ts';
import { connect } from '../connection/connect.ts';
import { CliError } from '../errors.ts';
import { describeBuild, describeBuildList } from '../output/describe-build.ts';
import { printEither, printNote } from '../output/print.ts';
import { buildArtifactsCommand } from './build-artifacts-command.ts';
import { buildCreateCommand } from './build-create-command.ts';
import { buildLogsCommand } from './build-logs-command.ts';
import { finishBuild } from './finish-build.ts';
import { parseInteger } from './option-values.ts';

export function buildCommand(): Command {
  return new Command('build')
    .description('run delivery pipelines, and look after their builds')
    .addCommand(buildCreateCommand())
    .addCommand(listCommand())
    .addCommand(showCommand())
    .addCommand(buildLogsCommand())
    .addCommand(cancelCommand())
    .addCommand(rerunCommand())
    .addCommand(decisionCommand('approve', 'let a stage that waits for a person go on'))
    .addCommand(decisionCommand('reject', 'let a stage that waits for a person fail'))
    .addCommand(buildArtifactsCommand());
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
      // On another stream than the build: programs read that one.
      printNote(
        `Build ${id} is to end. What runs always still runs, and is waited for; canceled once more, it ends too.`,
      );
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
      await finishBuild(
        client,
        await client.builds.rerun(id, options.all ? 'all' : 'failed'),
        options,
      );
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
