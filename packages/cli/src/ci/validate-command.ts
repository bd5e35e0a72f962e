// `ridgeline ci validate`: every mistake of a pipeline and its templates, at once.
import { Command } from 'commander';
import { type PipelineOptions, withPipeline } from './pipeline-options.ts';

export interface ValidateOptions extends PipelineOptions {
  readonly strict?: boolean;
}

const examples = `
Exit codes: 0 without errors, 1 with errors, 2 when the words of the command are wrong.

Examples:
  ridgeline ci validate
  ridgeline ci validate release.yml --repository templates=../mlops-templates
  ridgeline ci validate release.yml --parameter environment=prod --json`;

export function validateCommand(): Command {
  return withPipeline(new Command('validate'))
    .description('print every mistake of a pipeline and its templates')
    .option('--strict', 'count warnings as errors')
    .addHelpText('after', examples)
    .action(async (file: string | undefined, options: ValidateOptions) => {
      // The language and its tasks are not for the start of every other command; so in all of these.
      const { validate } = await import('./validate.ts');
      await validate(file, options);
    });
}
