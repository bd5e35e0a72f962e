// Registers a model as the next version of a registered model, within a transaction of the caller.
import type { Transaction } from 'kysely';
import type { WorkspaceTables } from '../database/tables.ts';
import { RidgelineError } from '../errors.ts';
import { writeVersionLineage } from '../lineage/version-lineage.ts';
import type { LoggedModelRow } from '../logged-models/logged-model-tables.ts';
import { activeLoggedModelRow } from '../logged-models/read-logged-models.ts';
import { runRow } from '../runs/read-runs.ts';
import type { CheckedVersion } from './check-version.ts';
import { artifactOf, loggedModelIdOf, versionOf } from './model-source.ts';
import { noteVersionOfModel } from './note-version-of-model.ts';
import { modelRow } from './read-models.ts';
import { versionRow } from './read-versions.ts';
import { touchModel } from './write-models.ts';
import { putVersionTag } from './write-versions.ts';

type Writer = Transaction<WorkspaceTables>;

export interface InsertedVersion {
  /** One more than the greatest that the model ever had. */
  readonly version: number;
  readonly runId: string | null;
  /** What it was registered from. */
  readonly logged: LoggedModelRow | null;
}

/**
 * @throws RidgelineError RESOURCE_DOES_NOT_EXIST for the model, or for what the source names
 */
export async function insertVersion(
  writer: Writer,
  checked: CheckedVersion,
  now: number,
): Promise<InsertedVersion> {
  const { name, source } = checked;
  await modelRow(writer, name);
  const logged = await loggedModelOf(writer, checked);
  const runId = await runOf(writer, checked, logged);
  const version = await nextNumber(writer, name);
  const row = {
    name,
    version,
    creation_time: now,
    last_updated_time: now,
    description: checked.description ?? null,
    user_id: null,
    current_stage: 'None',
    source,
    run_id: runId,
    run_link: checked.runLink ?? null,
    status: 'READY' as const,
    status_message: null,
    storage_location: await storageOf(writer, source, logged),
  };
  await writer.insertInto('model_versions').values(row).execute();
  await writeVersionLineage(writer, row, logged?.model_id ?? null);
  for (const tag of checked.tags) await putVersionTag(writer, name, version, tag);
  if (logged !== null) await noteVersionOfModel(writer, logged.model_id, { name, version });
  await touchModel(writer, name, now);
  return { version, runId, logged };
}

async function loggedModelOf(
  writer: Writer,
  { source, modelId }: CheckedVersion,
): Promise<LoggedModelRow | null> {
  const id = modelId ?? loggedModelIdOf(source);
  return id === null ? null : activeLoggedModelRow(writer, id);
}

async function runOf(
  writer: Writer,
  { source, runId }: CheckedVersion,
  logged: LoggedModelRow | null,
): Promise<string | null> {
  const artifact = artifactOf(source);
  const isOfRun = artifact !== null && loggedModelIdOf(source) === null;
  if (isOfRun) await runRow(writer, artifact.ownerId);
  return runId ?? (isOfRun ? artifact.ownerId : (logged?.source_run_id ?? null));
}

/** Null: at the source itself. */
async function storageOf(
  writer: Writer,
  source: string,
  logged: LoggedModelRow | null,
): Promise<string | null> {
  if (!source.startsWith('models:')) return null;
  if (logged !== null && loggedModelIdOf(source) !== null) return logged.artifact_location;
  const other = versionOf(source);
  if (other === null) {
    const message = `model version source '${source}' names no version and no logged model`;
    throw new RidgelineError('INVALID_PARAMETER_VALUE', message);
  }
  const row = await versionRow(writer, other.name, other.version);
  return row.storage_location ?? row.source;
}

async function nextNumber(writer: Writer, name: string): Promise<number> {
  const { greatest } = await writer
    .selectFrom('model_versions')
    .select(({ fn }) => fn.max('version').as('greatest'))
    .where('name', '=', name)
    .executeTakeFirstOrThrow();
  return (greatest ?? 0) + 1;
}
