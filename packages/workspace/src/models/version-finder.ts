// How the versions of registered models are found: by number, by alias, by what is asked of them.
// Nothing changes here.
import { invalid } from '../checks/check-text.ts';
import { type KeyValues, toPairs } from '../key-values.ts';
import type { Page } from '../search/page.ts';
import { checkVersionNumber } from './check-models.ts';
import type { ModelVersion } from './model-version.ts';
import { modelRow } from './read-models.ts';
import { aliasedVersion, latestVersionRow, versionRow, versionsOf } from './read-versions.ts';
import { RegisteredModels } from './registered-models.ts';
import { type ModelSearch, searchVersions } from './search-models.ts';

export class VersionFinder extends RegisteredModels {
  /** @throws RidgelineError RESOURCE_DOES_NOT_EXIST, INVALID_PARAMETER_VALUE */
  async getVersion(name: string, version: string | number): Promise<ModelVersion> {
    const number = checkVersionNumber(version);
    return this.database.read(async (reader) => {
      const [found] = await versionsOf(reader, [await versionRow(reader, name, number)]);
      if (found === undefined) throw new Error('one row makes one version');
      return found;
    });
  }

  /**
   * The version that an alias points at; `latest` is the greatest version.
   * @throws RidgelineError RESOURCE_DOES_NOT_EXIST, INVALID_PARAMETER_VALUE for an unknown alias
   */
  async getVersionByAlias(name: string, alias: string): Promise<ModelVersion> {
    if (alias.toLowerCase() === 'latest') {
      const latest = await this.latestVersion(name);
      if (latest !== null) return latest;
    }
    const version = await this.database.read(async (reader) => {
      await modelRow(reader, name);
      return aliasedVersion(reader, name, alias);
    });
    if (version === undefined) throw invalid(`Registered model alias ${alias} not found`);
    return this.getVersion(name, version);
  }

  /** The greatest version that has all of `tags`; null where none has, or no such model is. */
  async latestVersion(
    name: string,
    options: { readonly tags?: KeyValues } = {},
  ): Promise<ModelVersion | null> {
    const tags = toPairs('tags', options.tags);
    return this.database.read(async (reader) => {
      const row = await latestVersionRow(reader, name, tags);
      const [found = null] = row === undefined ? [] : await versionsOf(reader, [row]);
      return found;
    });
  }

  /** @throws RidgelineError INVALID_PARAMETER_VALUE */
  async searchVersions(search: ModelSearch = {}): Promise<Page<ModelVersion>> {
    return this.database.read(async (reader) => {
      const page = await searchVersions(reader, search);
      return { ...page, items: await versionsOf(reader, page.items) };
    });
  }
}
