// How the versions of registered models are found: by number, by alias, by stage, by what is asked of them;
// and where their files are. Nothing changes here.
import type { ArtifactStore } from '../artifacts/artifact-store.ts';
import { invalid } from '../checks/check-text.ts';
import { RidgelineError } from '../errors.ts';
import { type KeyValues, toPairs } from '../key-values.ts';
import type { Page } from '../search/page.ts';
import { checkVersionNumber } from './check-models.ts';
import { artifactOf, type StoredArtifact } from './model-source.ts';
import { checkStage, stages } from './model-stage.ts';
import type { ModelVersion } from './model-version.ts';
import { modelRow } from './read-models.ts';
import { aliasedVersion, latestVersionRow, versionRow, versionsOf } from './read-versions.ts';
import { RegisteredModels, type RegistryOptions } from './registered-models.ts';
import { type ModelSearch, searchVersions } from './search-models.ts';

export interface ModelsOptions extends RegistryOptions {
  readonly artifacts: Pick<ArtifactStore, 'localPath'>;
}

export class VersionFinder extends RegisteredModels {
  readonly #artifacts: Pick<ArtifactStore, 'localPath'>;

  constructor(options: ModelsOptions) {
    super(options);
    this.#artifacts = options.artifacts;
  }

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
  /** The greatest version in each of these stages, by default in all. @throws RidgelineError RESOURCE_DOES_NOT_EXIST, INVALID_PARAMETER_VALUE */
  async latestVersions(
    name: string,
    asked: readonly string[] = [],
  ): Promise<readonly ModelVersion[]> {
    const wanted = asked.length === 0 ? stages : asked.map(checkStage);
    const { latest_versions: latest } = await this.getRegisteredModel(name);
    return latest.filter(({ current_stage: stage }) => wanted.some((one) => one === stage));
  }

  /** Where the files of a version are. @throws RidgelineError RESOURCE_DOES_NOT_EXIST, INVALID_PARAMETER_VALUE */
  async downloadUri(name: string, version: string | number): Promise<string> {
    const number = checkVersionNumber(version);
    const row = await this.database.read((reader) => versionRow(reader, name, number));
    return row.storage_location ?? row.source ?? '';
  }

  /** Where among the artifacts here the files of a version are; null where they are elsewhere. @throws RidgelineError RESOURCE_DOES_NOT_EXIST, INVALID_PARAMETER_VALUE */
  async versionArtifact(name: string, version: string | number): Promise<StoredArtifact | null> {
    return artifactOf(await this.downloadUri(name, version));
  }

  /**
   * The folder on this machine that holds the files of a version.
   * @throws RidgelineError RESOURCE_DOES_NOT_EXIST, ARTIFACT_NOT_FOUND, INVALID_STATE for a source
   * that is not in this workspace
   */
  async versionFolder(name: string, version: string | number): Promise<string> {
    const source = await this.downloadUri(name, version);
    const artifact = artifactOf(source);
    if (artifact !== null) return this.#artifacts.localPath(artifact.ownerId, artifact.path);
    const message =
      `the files of model ${name} version ${version} are at ${source}, which is not in this ` +
      'workspace; log the model to a run here and register it as runs:/<run id>/<path>';
    throw new RidgelineError('INVALID_STATE', message);
  }
}
