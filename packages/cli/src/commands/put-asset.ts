// How an asset that delivery pipelines use by name is made and changed: its words, and which of them
// may use it.
import { Command } from 'commander';
import { type CommonOptions, withConnection } from '../connection/common-options.ts';
import { type AssetApi, type AssetNoun, putAsset } from './asset-commands.ts';
import { type PermissionOptions, permissionsFrom, withPermissions } from './permission-options.ts';

export interface DescriptionOptions {
  readonly description?: string;
}

export function withDescription(command: Command): Command {
  return command.option('--description <text>', 'what it is for');
}

export function descriptionFrom({ description }: DescriptionOptions) {
  return description === undefined ? {} : { description };
}

/** No line where there is none. */
export function descriptionField({ description }: { readonly description: string }) {
  return description === '' ? [] : [['description', description] as const];
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

type Words = ReturnType<typeof wordsFrom>;

/** @param earlier the pipelines that may use it now */
export function wordsFrom(options: PutOptions, earlier: readonly string[] = []) {
  const { name } = options;
  return {
    ...(name !== undefined && { name }),
    ...descriptionFrom(options),
    ...permissionsFrom(options, earlier),
  };
}

interface CreatingApi<Asset, New> extends AssetApi<Asset> {
  create(asset: New): Promise<Asset>;
}

interface ChangingApi<Asset, Changes> extends AssetApi<Asset> {
  update(name: string, changes: Changes): Promise<Asset>;
}

/** `fields`: what it has beside its words. */
export function createAsset<Asset, Fields, Options extends PutOptions>(
  command: Command,
  noun: AssetNoun<Asset, CreatingApi<Asset, Words & Fields & { readonly name: string }>>,
  fields: (options: Options) => Promise<Fields>,
): Command {
  return putAsset(command, noun, async (api, name, options: Options) =>
    api.create({ ...wordsFrom(options), ...(await fields(options)), name }),
  );
}

/** To let in one more pipeline leaves those that may use it now. */
export function updateAsset<
  Asset extends { readonly pipelines: readonly string[] },
  Fields,
  Options extends PutOptions,
>(
  command: Command,
  noun: AssetNoun<Asset, ChangingApi<Asset, Words & Fields>>,
  fields: (options: Options) => Promise<Fields>,
): Command {
  return putAsset(command, noun, async (api, name, options: Options) => {
    const { pipelines } = await api.get(name);
    return api.update(name, { ...wordsFrom(options, pipelines), ...(await fields(options)) });
  });
}
