// `ridgeline ci expand`: the pipeline as it is after templates and `${{ }}`.
import { Command } from 'commander';
import { type PipelineOptions, withPipeline } from './pipeline-options.ts';

export interface ExpandOptions extends PipelineOptions {
  readonly sourceMap?: boolean;
}

const examples = `
Examples:
  ridgeline ci expand release.yml --parameter environments='[dev, prod]'
  ridgeline ci expand release.yml --source-map | less
  ridgeline ci expand release.yml --json | jq -r .yaml`;

export function expandCommand(): Command {
  return withPipeline(new Command('expand'))
    .description('print the final YAML: templates, parameters and ${{ }} put in')
    .option('--source-map', 'say behind each line which file and line it comes from')
    .addHelpText('after', examples)
    .action(async (file: string | undefined, options: ExpandOptions) => {
      const { expand } = await import('./expand.ts');
      await expand(file, options);
    });
}
