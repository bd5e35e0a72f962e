// `ridgeline secure-file`: files that jobs of delivery pipelines need and nobody is to read.
import type { SecureFile } from '@ridgeline/client';
import { Command } from 'commander';
import { connect } from '../connection/connect.ts';
import { printEither } from '../output/print.ts';
import { formatFields, formatTime } from '../output/table.ts';
import {
  type AssetNoun,
  deleteAsset,
  listAssets,
  type PutOptions,
  putCommand,
  showAsset,
  wordsFrom,
} from './asset-commands.ts';
import { usersOf } from './permission-options.ts';

const noun: AssetNoun<SecureFile> = {
  what: 'secure file',
  of: ({ secureFiles }) => secureFiles,
  heads: ['FILE', 'BYTES', 'PIPELINES', 'DESCRIPTION'],
  row: (file) => [file.name, String(file.sizeBytes), usersOf(file), file.description],
  describe,
};

export function secureFileCommand(): Command {
  return new Command('secure-file')
    .description('files that jobs of delivery pipelines need and nobody is to read')
    .addCommand(createCommand())
    .addCommand(updateCommand())
    .addCommand(listAssets(noun))
    .addCommand(showAsset(noun))
    .addCommand(deleteAsset(noun));
}

function createCommand(): Command {
  return putCommand('create')
    .description('upload a secure file, of up to 10 MB (for owners)')
    .argument('<name>', 'as pipelines name it, and as it is called in a job')
    .requiredOption('-f, --file <path>', 'the file on this machine')
    .addHelpText(
      'after',
      '\nExample:\n  ridgeline secure-file create signing.key --file ./signing.key --allow-pipeline CI',
    )
    .action(async (name: string, options: PutOptions & { readonly file: string }) => {
      const { secureFiles } = await connect(options);
      const file = await secureFiles.create({ ...wordsFrom(options), name }, options.file);
      printEither(options.json, file, () => describe(file));
    });
}

function updateCommand(): Command {
  return putCommand('update')
    .description('change who may use a secure file, or what it is called (for owners)')
    .argument('<name>', 'its name')
    .addHelpText(
      'after',
      '\nExample:\n  ridgeline secure-file update signing.key --forbid-pipeline CI --allow-pipeline CD',
    )
    .action(async (name: string, options: PutOptions) => {
      const { secureFiles } = await connect(options);
      const { pipelines } = await secureFiles.get(name);
      const file = await secureFiles.update(name, wordsFrom(options, pipelines));
      printEither(options.json, file, () => describe(file));
    });
}

function describe(file: SecureFile): string {
  return formatFields([
    ['secure file', file.name],
    ...(file.description === '' ? [] : [['description', file.description] as const]),
    ['bytes', String(file.sizeBytes)],
    ['pipelines', usersOf(file)],
    [
      'created',
      `${formatTime(file.createdAt)}${file.createdBy === '' ? '' : ` by ${file.createdBy}`}`,
    ],
  ]);
}
