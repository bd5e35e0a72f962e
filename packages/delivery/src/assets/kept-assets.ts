// The assets of one kind as they are kept, with permissions and secrets: found, listed, sorted by who may
// use them, and deleted, the same for every kind. What one is made of, its own store knows.
import type { Secrets } from '@ridgeline/workspace';
import type {
  DeliveryDatabase,
  DeliveryReader,
  DeliveryWriter,
} from '../database/delivery-database.ts';
import type { PermittedKind } from './asset-kind.ts';
import { assertFound, assetNames } from './asset-names.ts';
import { type AssetProblem, notFound, notPermitted } from './asset-problem.ts';
import { SecretChanges } from './asset-secrets.ts';
import { isPermitted, type PermittedAsset } from './pipeline-permissions.ts';

export interface AssetStore<Asset> {
  readonly kind: PermittedKind;
  readonly find: (tables: DeliveryReader, name: string) => Promise<Asset | null>;
  readonly list: (tables: DeliveryReader, limit: number) => Promise<readonly Asset[]>;
  readonly remove: (tables: DeliveryWriter, asset: Asset) => Promise<void>;
  /** By name: those of the workspace's secrets that it alone has. */
  readonly secretsOf: (asset: Asset) => readonly string[];
}

export class KeptAssets<Asset extends PermittedAsset> {
  readonly #database: DeliveryDatabase;
  readonly #secrets: Secrets;
  readonly #store: AssetStore<Asset>;

  constructor(database: DeliveryDatabase, secrets: Secrets, store: AssetStore<Asset>) {
    this.#database = database;
    this.#secrets = secrets;
    this.#store = store;
  }

  /** @throws DeliveryError with the kind's own code */
  async get(name: string): Promise<Asset> {
    return this.#database.read((tables) => this.#found(tables, name));
  }

  /** By name. */
  async list(limit: number): Promise<readonly Asset[]> {
    return this.#database.read((tables) => this.#store.list(tables, limit));
  }

  /** With its secrets. @throws DeliveryError with the kind's own code */
  async delete(name: string): Promise<void> {
    const secrets = new SecretChanges(this.#secrets);
    await secrets.finish(() =>
      this.#database.write(async (tables) => {
        const asset = await this.#found(tables, name);
        secrets.drop(this.#store.secretsOf(asset));
        await this.#store.remove(tables, asset);
      }),
    );
  }

  /** Of those that a pipeline names, what it may use, and what is wrong with the others. */
  async sortedOut(names: readonly string[], pipeline: string) {
    const { kind, find } = this.#store;
    return this.#database.read(async (tables) => {
      const usable = new Map<string, Asset>();
      const problems: AssetProblem[] = [];
      for (const name of names) {
        const asset = await find(tables, name);
        if (asset === null) problems.push(notFound(kind, name, await assetNames(tables, kind)));
        else if (isPermitted(asset, pipeline)) usable.set(name, asset);
        else problems.push(notPermitted(kind, name, pipeline));
      }
      return { usable, problems };
    });
  }

  async #found(tables: DeliveryReader, name: string): Promise<Asset> {
    const { kind, find } = this.#store;
    return assertFound(await find(tables, name), tables, kind, name);
  }
}
