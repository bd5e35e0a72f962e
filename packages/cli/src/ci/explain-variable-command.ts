// `ridgeline ci explain-variable`: where a variable is set, when, and what each job has of it.
import { Command } from 'commander';
import { fileWords, type PipelineOptions, withPipelineOptions } from './pipeline-options.ts';

const examples = `
Values that depend on outputs of other jobs are known only when those have run. Secrets are ***.
The exit code is 1 where nothing sets the variable.

Examples:
  ridgeline ci explain-variable buildConfiguration
  ridgeline ci explain-variable Build.SourceBranchName azure-pipelines.yml --branch release/1
  ridgeline ci explain-variable apiKey release.yml --secrets .env --json`;

export function explainVariableCommand(): Command {
  const command = new Command('explain-variable')
    .argument('<name>', "the variable's name; an output is step.variable")
    .argument('[file]', fileWords);
  return withPipelineOptions(command)
    .description('say where a variable is set, in which scope and phase, and its value in each job')
    .addHelpText('after', examples)
    .action(async (name: string, file: string | undefined, options: PipelineOptions) => {
      const { explainVariable } = await import('./explain-variable.ts');
      await explainVariable(name, file, options);
    });
}
