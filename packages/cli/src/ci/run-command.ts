// `ridgeline ci run`: a pipeline, or a part of it, on this machine.
import { Command } from 'commander';
import { collectName } from '../commands/option-values.ts';
import { type PipelineOptions, withPipeline } from './pipeline-options.ts';
import { type GoOptions, withGoing } from './run-options.ts';

export interface RunCommandOptions extends PipelineOptions, GoOptions {
  readonly stage: readonly string[];
  readonly job: readonly string[];
  readonly matrix: readonly string[];
  readonly dryRun?: boolean;
}

const examples = `
The run is kept in the workspace's folder, under ci/<number>: final.yml, logs, artifacts, results.
'checkout: self' copies the working tree, with what is not committed yet. Ctrl-C cancels the run,
whose always() steps still run; a second Ctrl-C ends the command at once.

Exit codes: 0 the run succeeded, 1 it did not, 2 when the words of the command are wrong.

Examples:
  ridgeline ci run
  ridgeline ci run azure-pipelines.yml --stage Build --job Test --matrix py312
  ridgeline ci run release.yml --parameter environments='[dev, prod]' --variable version=1.2
  ridgeline ci run release.yml --secrets .env --variable-group prod-vars=vars/prod.yml
  ridgeline ci run release.yml --environments environments.yml --approve Prod
  ridgeline ci run release.yml --mock AzureCLI --mock AzureWebApp=failed --approve all
  ridgeline ci run release.yml --repository templates=../mlops-templates --dry-run`;

export function runCommand(): Command {
  return withGoing(withPipeline(new Command('run')))
    .description('run a pipeline, or a part of it, on this machine')
    .option('--stage <stage>', 'only this stage', collectName, [])
    .option('--job <job>', 'only this job, or stage.job', collectName, [])
    .option('--matrix <leg>', 'only this leg of a matrix', collectName, [])
    .option('--dry-run', 'show what would run, with its inputs, and run nothing')
    .addHelpText('after', examples)
    .action(async (file: string | undefined, options: RunCommandOptions) => {
      const { run } = await import('./run.ts');
      await run(file, options);
    });
}
