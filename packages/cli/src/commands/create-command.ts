// `ridgeline create`: whatever a file of Azure ML's describes, made.
import { Command } from 'commander';
import { type CommonOptions, withConnection } from '../connection/common-options.ts';
import { connect } from '../connection/connect.ts';
import { createFile } from '../create/create-file.ts';
import { collectPair } from './option-values.ts';

interface CreateOptions extends CommonOptions {
  readonly file: string;
  readonly set: Readonly<Record<string, string>>;
}

export function createCommand(): Command {
  return withConnection(new Command('create'))
    .description('make what a file describes: a job, data, a model, a compute, a component, …')
    .requiredOption(
      '-f, --file <file>',
      "an Azure ML v2 YAML; what it is, its '$schema', its 'type' or its keys say",
    )
    .option(
      '--set <input=value>',
      'a value for an input of the job; a local path is relative to the file',
      collectPair,
      {},
    )
    .addHelpText(
      'after',
      '\nThe same file again finds what is there. Every mistake of the file is shown at once.\n' +
        '\nExamples:\n  ridgeline create -f compute.yml\n  ridgeline create -f data/diabetes.yml\n' +
        '  ridgeline create -f pipelines/training-pipeline.yml --set model_name=my_model',
    )
    .action(async (options: CreateOptions) => {
      await createFile(await connect(options), options.file, options);
    });
}
