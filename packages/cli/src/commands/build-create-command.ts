// `ridgeline build create`: of a branch, a commit, or a pull request.
import type { AskedPullRequest } from '@ridgeline/client';
import { Command } from 'commander';
import { type CommonOptions, withConnection } from '../connection/common-options.ts';
import { connect } from '../connection/connect.ts';
import { CliError } from '../errors.ts';
import { finishBuild } from './finish-build.ts';
import { collectName, collectPair } from './option-values.ts';

interface CreateOptions extends CommonOptions {
  readonly branch?: string;
  readonly commit?: string;
  readonly pullRequest?: string;
  readonly into?: string;
  readonly parameter: Readonly<Record<string, string>>;
  readonly variable: Readonly<Record<string, string>>;
  readonly skipStage: readonly string[];
  readonly wait?: true;
}

const examples = `
Examples:
  ridgeline build create Model-CI --branch feature/a --parameter environments='[dev, test]' --wait
  ridgeline build create Model-CI --pull-request feature/a --into main
  ridgeline build create Model-CI --pull-request 17`;

export function buildCreateCommand(): Command {
  return withConnection(new Command('create'))
    .description('queue a build of a delivery pipeline')
    .argument('<pipeline>', 'the name of the delivery pipeline')
    .option('--branch <branch>', "a branch, or refs/tags/…; default the pipeline's")
    .option('--commit <commit>', 'default the newest of the branch')
    .option(
      '--pull-request <branch or number>',
      'build the merge of a branch, or of a pull request that the server of the repository publishes',
    )
    .option('--into <branch>', "where that branch goes; default the pipeline's")
    .option('--parameter <name=value>', 'a list or an object is YAML', collectPair, {})
    .option('--variable <name=value>', 'one that may be set', collectPair, {})
    .option('--skip-stage <id>', 'leave a stage out', collectName, [])
    .option('--wait', 'wait for its end; exit with 1 unless it succeeded')
    .addHelpText('after', examples)
    .action(async (pipeline: string, options: CreateOptions) => {
      const { branch, commit, parameter, variable, skipStage } = options;
      const pullRequest = pullRequestOf(options);
      const parameters = await readParameters(parameter);
      const client = await connect(options);
      const build = await client.builds.queue({
        pipeline,
        ...(branch !== undefined && { branch }),
        ...(commit !== undefined && { commit }),
        ...(pullRequest !== undefined && { pullRequest }),
        parameters,
        variables: variable,
        stagesToSkip: skipStage,
      });
      await finishBuild(client, build, options);
    });
}

// Loaded where a parameter is given: to read the language of pipelines takes longer than all else here.
async function readParameters(texts: Readonly<Record<string, string>>) {
  const given = Object.entries(texts);
  if (given.length === 0) return {};
  const { readParameter } = await import('@ridgeline/azure-pipelines');
  return Object.fromEntries(given.map(([name, text]) => [name, readParameter(name, text)]));
}

/** Digits are a number; a branch of such a name is `refs/heads/17`. @throws CliError USAGE */
function pullRequestOf({ pullRequest, into }: CreateOptions): AskedPullRequest | undefined {
  if (pullRequest === undefined && into === undefined) return undefined;
  if (pullRequest === undefined) {
    throw new CliError('USAGE', '--into needs --pull-request: the branch that goes into it');
  }
  if (!/^\d+$/.test(pullRequest))
    return { source: pullRequest, ...(into !== undefined && { into }) };
  if (into === undefined) return { number: Number(pullRequest) };
  const message = `pull request ${pullRequest} says itself where it goes; leave --into out, or write the branch as refs/heads/${pullRequest}`;
  throw new CliError('USAGE', message);
}
