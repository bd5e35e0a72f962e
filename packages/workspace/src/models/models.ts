// The model registry of a workspace: registered models, and here how their versions change. Every change is on
// disk when its promise resolves. The registry keeps where the files of a version are, and not the
// files: those are artifacts of a run.
import type { ModelVersionChange } from '../changes/change.ts';
import { invalid } from '../checks/check-text.ts';
import { eraseVersionLineage } from '../lineage/version-lineage.ts';
import { loggedModelChange } from '../logged-models/logged-model-change.ts';
import { checkDescription, checkModelTag, checkVersionNumber } from './check-models.ts';
import { type CheckedVersion, type CreateVersion, checkVersion } from './check-version.ts';
import { type InsertedVersion, insertVersion } from './insert-version.ts';
import { activeStages, checkStage, type ModelStage } from './model-stage.ts';
import type { ModelVersion } from './model-version.ts';
import { moveToStage } from './move-to-stage.ts';
import { modelVersionsTag } from './note-version-of-model.ts';
import { versionRow } from './read-versions.ts';
import { asObject } from './registered-models.ts';
import { VersionFinder } from './version-finder.ts';
import { eraseVersion, putVersionTag, updateVersionRow } from './write-versions.ts';

export class Models extends VersionFinder {
  /**
   * Gives the next number, from 1 on; a number once given is never given again.
   * @throws RidgelineError RESOURCE_DOES_NOT_EXIST, INVALID_PARAMETER_VALUE
   */
  async createVersion(version: CreateVersion): Promise<ModelVersion> {
    const checked = checkVersion(version);
    const inserted = await this.change(async (writer) => {
      const made = await insertVersion(writer, checked, this.clock());
      const data = versionData(checked, made);
      await this.outbox.note(writer, { what: 'version', action: 'created', data });
      return made;
    });
    const { version: number, logged } = inserted;
    this.#tell('created', checked.name, number);
    if (logged !== null) {
      const told = { action: 'updated', tags: [modelVersionsTag] } as const;
      this.changes.publish(loggedModelChange(logged, told));
    }
    return this.getVersion(checked.name, number);
  }

  /** @throws RidgelineError RESOURCE_DOES_NOT_EXIST, INVALID_PARAMETER_VALUE */
  async updateVersion(
    name: string,
    version: string | number,
    change: { readonly description: string },
  ): Promise<ModelVersion> {
    const number = checkVersionNumber(version);
    const description = checkDescription(change.description);
    await this.database.write(async (writer) => {
      await versionRow(writer, name, number);
      await updateVersionRow(writer, name, number, { description }, this.clock());
    });
    this.#tell('updated', name, number);
    return this.getVersion(name, number);
  }

  /**
   * Moves the version to a stage; with `archiveOthers`, what else is in that stage is archived.
   * @throws RidgelineError RESOURCE_DOES_NOT_EXIST, INVALID_PARAMETER_VALUE
   */
  async transitionStage(
    name: string,
    version: string | number,
    stage: string,
    { archiveOthers = false }: { readonly archiveOthers?: boolean } = {},
  ): Promise<ModelVersion> {
    const number = checkVersionNumber(version);
    const checked = checkStage(stage);
    if (archiveOthers && !activeStages.includes(checked)) {
      throw invalid(
        `Model version transition cannot archive existing model versions because '${checked}' is ` +
          `not an Active stage. Valid stages are ${activeStages.join(', ')}`,
      );
    }
    await this.database.write(async (writer) => {
      await versionRow(writer, name, number);
      await moveToStage(
        writer,
        { name, version: number, stage: checked, archiveOthers },
        this.clock(),
      );
    });
    this.#tell('updated', name, number, checked);
    if (archiveOthers) this.changes.publish({ kind: 'model', action: 'updated', name });
    return this.getVersion(name, number);
  }

  /** For good; its aliases go too. @throws RidgelineError RESOURCE_DOES_NOT_EXIST, INVALID_PARAMETER_VALUE */
  async deleteVersion(name: string, version: string | number): Promise<void> {
    const number = checkVersionNumber(version);
    await this.database.write(async (writer) => {
      await versionRow(writer, name, number);
      await eraseVersion(writer, name, number, this.clock());
      await eraseVersionLineage(writer, name, number);
    });
    this.#tell('deleted', name, number);
  }

  /** @throws RidgelineError RESOURCE_DOES_NOT_EXIST, INVALID_PARAMETER_VALUE */
  async setVersionTag(
    name: string,
    version: string | number,
    key: string,
    value: string,
  ): Promise<void> {
    const number = checkVersionNumber(version);
    const tag = checkModelTag({ key, value });
    await this.change(async (writer) => {
      await versionRow(writer, name, number);
      await putVersionTag(writer, name, number, tag);
      const data = { name, version: String(number), ...tag };
      await this.outbox.note(writer, { what: 'versionTag', action: 'set', data });
    });
    this.#tell('updated', name, number);
  }

  /** Nothing happens where no such tag is. @throws RidgelineError RESOURCE_DOES_NOT_EXIST, INVALID_PARAMETER_VALUE */
  async deleteVersionTag(name: string, version: string | number, key: string): Promise<void> {
    const number = checkVersionNumber(version);
    await this.change(async (writer) => {
      await versionRow(writer, name, number);
      const data = { name, version: String(number), key };
      await this.outbox.note(writer, { what: 'versionTag', action: 'deleted', data });
      await writer
        .deleteFrom('model_version_tags')
        .where('name', '=', name)
        .where('version', '=', number)
        .where('key', '=', key)
        .execute();
    });
    this.#tell('updated', name, number);
  }

  #tell(
    action: ModelVersionChange['action'],
    name: string,
    version: number,
    stage?: ModelStage,
  ): void {
    const about = { name, version: String(version), ...(stage !== undefined && { stage }) };
    this.changes.publish({ kind: 'modelVersion', action, ...about });
  }
}

function versionData(checked: CheckedVersion, inserted: InsertedVersion) {
  return {
    name: checked.name,
    version: String(inserted.version),
    source: checked.source,
    run_id: inserted.runId,
    tags: asObject(checked.tags),
    description: checked.description ?? null,
  };
}
