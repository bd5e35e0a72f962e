// `ridgeline ci plan`: what would run, in which order, and why something would not.
import { Command } from 'commander';
import { collectName } from '../commands/option-values.ts';
import { type PipelineOptions, withPipeline } from './pipeline-options.ts';

export interface PlanOptions extends PipelineOptions {
  readonly stage: readonly string[];
  readonly job: readonly string[];
}

const examples = `
Nothing is run, and every job that would run is taken to succeed. What depends on an output of a job
or on a counter is open until there is a run.

Examples:
  ridgeline ci plan
  ridgeline ci plan release.yml --branch release/1 --reason Schedule
  ridgeline ci plan release.yml --variable deploy=true --json`;

export function planCommand(): Command {
  return withPipeline(new Command('plan'))
    .description('show the graph of stages and jobs: what would run, and why not')
    .option('--stage <stage>', 'only this stage', collectName, [])
    .option('--job <job>', 'only this job, or stage.job', collectName, [])
    .addHelpText('after', examples)
    .action(async (file: string | undefined, options: PlanOptions) => {
      const { planPipeline } = await import('./plan.ts');
      await planPipeline(file, options);
    });
}
