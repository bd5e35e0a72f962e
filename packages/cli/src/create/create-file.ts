// From a file to what makes it: each kind of file has its own maker, and prints what was made.
import { detectKind, formatDiagnostic, yamlMistakes } from '@ridgeline/azureml-yaml';
import type { RidgelineClient } from '@ridgeline/client';
import { CliError } from '../errors.ts';
import { readTextFile } from '../submit/read-text-file.ts';
import { type CreateFileOptions, type FileMaker, makers } from './makers.ts';

/** @throws CliError FILE_NOT_FOUND, FILE_INVALID, USAGE, and what the server refuses */
export async function createFile(
  client: RidgelineClient,
  file: string,
  options: CreateFileOptions,
): Promise<void> {
  const maker = makerOf(file, await readTextFile(file));
  if (!maker.takesInputs && Object.keys(options.set).length > 0) {
    const message = `--set gives values to the inputs of a job, and ${file} is ${maker.title}; leave --set out`;
    throw new CliError('USAGE', message);
  }
  await maker.make(client, file, options);
}

function makerOf(file: string, text: string): FileMaker {
  const kind = detectKind(text);
  if (kind !== null) return makers[kind];
  const mistakes = yamlMistakes(text, { fileName: file });
  if (mistakes.length > 0) {
    const lines = mistakes.map(formatDiagnostic).join('\n');
    throw new CliError('FILE_INVALID', `${file} is nothing that can be made:\n${lines}`);
  }
  const titles = Object.values(makers).map(({ title }) => title);
  const message =
    `${file} is nothing that can be made: neither its '$schema', nor its 'type', nor its keys say ` +
    `that it is something that Ridgeline has; it can be ${titles.join(', ')}. Name it with a '$schema' such as ` +
    'https://azuremlschemas.azureedge.net/latest/pipelineJob.schema.json';
  throw new CliError('FILE_INVALID', message);
}
