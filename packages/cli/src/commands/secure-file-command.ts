// `ridgeline secure-file`: files that jobs of delivery pipelines need and nobody is to read.
import type { RidgelineClient, SecureFile } from '@ridgeline/client';
import type { Command } from 'commander';
import { formatCreation, formatFields } from '../output/table.ts';
import { type AssetNoun, assetCommand, putAsset } from './asset-commands.ts';
import { usersOf } from './permission-options.ts';
import {
  descriptionField,
  type PutOptions,
  putCommand,
  updateAsset,
  wordsFrom,
} from './put-asset.ts';

const noun: AssetNoun<SecureFile, RidgelineClient['secureFiles']> = {
  what: 'secure file',
  about: 'files that jobs of delivery pipelines need and nobody is to read',
  of: ({ secureFiles }) => secureFiles,
  heads: ['FILE', 'BYTES', 'PIPELINES', 'DESCRIPTION'],
  row: (file) => [file.name, String(file.sizeBytes), usersOf(file), file.description],
  describe: (file) =>
    formatFields([
      ['secure file', file.name],
      ...descriptionField(file),
      ['bytes', String(file.sizeBytes)],
      ['pipelines', usersOf(file)],
      ['created', formatCreation(file)],
    ]),
};

export function secureFileCommand(): Command {
  return assetCommand(noun, [createCommand(), updateCommand()]);
}

function createCommand(): Command {
  const command = putCommand('create')
    .description('upload a secure file, of up to 10 MB (for owners)')
    .argument('<name>', 'as pipelines name it, and as it is called in a job')
    .requiredOption('-f, --file <path>', 'the file on this machine')
    .addHelpText(
      'after',
      '\nExample:\n  ridgeline secure-file create signing.key --file ./signing.key --allow-pipeline CI',
    );
  return putAsset(
    command,
    noun,
    async (api, name, options: PutOptions & { readonly file: string }) =>
      api.create({ ...wordsFrom(options), name }, options.file),
  );
}

function updateCommand(): Command {
  const command = putCommand('update')
    .description('change who may use a secure file, or what it is called (for owners)')
    .argument('<name>', 'its name')
    .addHelpText(
      'after',
      '\nExample:\n  ridgeline secure-file update signing.key --forbid-pipeline CI --allow-pipeline CD',
    );
  return updateAsset(command, noun, async () => ({}));
}
