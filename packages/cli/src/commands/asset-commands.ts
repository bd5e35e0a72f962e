// What the commands of all assets that delivery pipelines use by name have in common: how they are
// listed, shown and deleted, and how one that was made or changed is told.
import type { RidgelineClient } from '@ridgeline/client';
import { Command } from 'commander';
import { type CommonOptions, withConnection } from '../connection/common-options.ts';
import { connect } from '../connection/connect.ts';
import { printEither } from '../output/print.ts';
import { formatTable } from '../output/table.ts';

export interface AssetNoun<Asset, Api extends AssetApi<Asset> = AssetApi<Asset>> {
  /** Such as `variable group`; its command is `variable-group`. */
  readonly what: string;
  readonly about: string;
  readonly of: (client: RidgelineClient) => Api;
  /** Of the list's columns. */
  readonly heads: readonly string[];
  readonly row: (asset: Asset) => readonly string[];
  readonly describe: (asset: Asset) => string;
}

export interface AssetApi<Asset> {
  list(): Promise<readonly Asset[]>;
  get(name: string): Promise<Asset>;
  delete(name: string): Promise<void>;
}

/** `put`: the verbs that make and change one; `more`: those that it has beside `list` and `show`. */
export function assetCommand<Asset>(
  noun: AssetNoun<Asset>,
  put: readonly Command[],
  more: readonly Command[] = [],
): Command {
  const command = new Command(noun.what.replaceAll(' ', '-')).description(noun.about);
  const all = [...put, listAssets(noun), showAsset(noun), ...more, deleteAsset(noun)];
  for (const verb of all) command.addCommand(verb);
  return command;
}

/** What a command makes or changes is told when it is done. */
export function putAsset<Asset, Api extends AssetApi<Asset>, Options extends CommonOptions>(
  command: Command,
  { of, describe }: AssetNoun<Asset, Api>,
  put: (api: Api, name: string, options: Options) => Promise<Asset>,
): Command {
  return command.action(async (name: string, options: Options) => {
    const asset = await put(of(await connect(options)), name, options);
    printEither(options.json, asset, () => describe(asset));
  });
}

function listAssets<Asset>({ what, of, heads, row }: AssetNoun<Asset>): Command {
  return withConnection(new Command('list'))
    .description(`list the ${what}s`)
    .action(async (options: CommonOptions) => {
      const assets = await of(await connect(options)).list();
      printEither(options.json, assets, () => formatTable(heads, assets.map(row)));
    });
}

function showAsset<Asset>({ what, of, describe }: AssetNoun<Asset>): Command {
  return withConnection(new Command('show'))
    .description(`show a ${what}; what is secret in it is left out`)
    .argument('<name>', 'its name')
    .action(async (name: string, options: CommonOptions) => {
      const asset = await of(await connect(options)).get(name);
      printEither(options.json, asset, () => describe(asset));
    });
}

function deleteAsset<Asset>({ what, of }: AssetNoun<Asset>): Command {
  return withConnection(new Command('delete'))
    .description(`delete a ${what} with all that belongs to it (for owners)`)
    .argument('<name>', 'its name')
    .action(async (name: string, options: CommonOptions) => {
      await of(await connect(options)).delete(name);
      printEither(options.json, { name, deleted: true }, () => `${what} '${name}' is deleted`);
    });
}
