// What the commands of all assets that delivery pipelines use by name have in common: list, show and
// delete, and how their words and permissions are given.
import type { RidgelineClient } from '@ridgeline/client';
import { Command } from 'commander';
import { type CommonOptions, withConnection } from '../connection/common-options.ts';
import { connect } from '../connection/connect.ts';
import { printEither } from '../output/print.ts';
import { formatTable } from '../output/table.ts';
import { type PermissionOptions, permissionsFrom, withPermissions } from './permission-options.ts';

export interface AssetNoun<Asset> {
  /** Such as `variable group`. */
  readonly what: string;
  readonly of: (client: RidgelineClient) => {
    list(): Promise<readonly Asset[]>;
    get(name: string): Promise<Asset>;
    delete(name: string): Promise<void>;
  };
  /** Of the list's columns. */
  readonly heads: readonly string[];
  readonly row: (asset: Asset) => readonly string[];
  readonly describe: (asset: Asset) => string;
}

export interface DescriptionOptions {
  readonly description?: string;
}

export function withDescription(command: Command): Command {
  return command.option('--description <text>', 'what it is for');
}

export function descriptionFrom({ description }: DescriptionOptions) {
  return description === undefined ? {} : { description };
}

/** Of an asset that only some pipelines may use. */
export interface PutOptions extends CommonOptions, PermissionOptions, DescriptionOptions {
  readonly name?: string;
}

export function putCommand(verb: 'create' | 'update'): Command {
  const command = withDescription(withConnection(new Command(verb)));
  if (verb === 'update') command.option('--name <name>', 'its new name');
  return withPermissions(command, verb);
}

/** @param earlier the pipelines that may use it now */
export function wordsFrom(options: PutOptions, earlier: readonly string[] = []) {
  const { name } = options;
  return {
    ...(name !== undefined && { name }),
    ...descriptionFrom(options),
    ...permissionsFrom(options, earlier),
  };
}

export function listAssets<Asset>({ what, of, heads, row }: AssetNoun<Asset>): Command {
  return withConnection(new Command('list'))
    .description(`list the ${what}s`)
    .action(async (options: CommonOptions) => {
      const assets = await of(await connect(options)).list();
      printEither(options.json, assets, () => formatTable(heads, assets.map(row)));
    });
}

export function showAsset<Asset>({ what, of, describe }: AssetNoun<Asset>): Command {
  return withConnection(new Command('show'))
    .description(`show a ${what}; what is secret in it is left out`)
    .argument('<name>', 'its name')
    .action(async (name: string, options: CommonOptions) => {
      const asset = await of(await connect(options)).get(name);
      printEither(options.json, asset, () => describe(asset));
    });
}

export function deleteAsset<Asset>({ what, of }: AssetNoun<Asset>): Command {
  return withConnection(new Command('delete'))
    .description(`delete a ${what} with all that belongs to it (for owners)`)
    .argument('<name>', 'its name')
    .action(async (name: string, options: CommonOptions) => {
      await of(await connect(options)).delete(name);
      printEither(options.json, { name, deleted: true }, () => `${what} '${name}' is deleted`);
    });
}
