// What runs have taken in: written down when a step starts, and read back over the steps in between.
import type { Transaction } from 'kysely';
import { chunks } from '../database/chunks.ts';
import type { WorkspaceTables } from '../database/tables.ts';
import type { RunSourcesTable, SourceKind } from './lineage-tables.ts';

export interface RunSource {
  readonly kind: SourceKind;
  readonly name: string;
  readonly version: string;
  /** The input of the step that it was. */
  readonly input: string;
}

/** That a run has logged as its inputs. */
export function loggedModelSources(modelIds: readonly string[]): readonly RunSource[] {
  return modelIds.map((name) => ({ kind: 'loggedModel', name, version: '', input: '' }));
}

/** Noting the same again changes nothing. */
export async function writeRunSources(
  writer: Transaction<WorkspaceTables>,
  runId: string,
  sources: readonly RunSource[],
): Promise<void> {
  if (sources.length === 0) return;
  const rows = sources.map(({ kind, name, version, input }) => ({
    ...{ run_id: runId, kind, source_name: name, source_version: version, input },
  }));
  await writer
    .insertInto('run_sources')
    .values(rows)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Farther than any job goes; a circle ends by itself. */
const maxRuns = 1_000;

export interface Upstream {
  /** The runs themselves, then those whose outputs they have taken in, the nearest first. */
  readonly runIds: readonly string[];
  /** Of all of them, without the runs. */
  readonly sources: readonly RunSourcesTable[];
}

export async function upstreamOf(
  reader: Transaction<WorkspaceTables>,
  runIds: readonly string[],
): Promise<Upstream> {
  const seen = new Set(runIds);
  const sources: RunSourcesTable[] = [];
  for (let next = [...seen]; next.length > 0 && seen.size < maxRuns; ) {
    const rows = await sourcesOf(reader, next);
    sources.push(...rows.filter(({ kind }) => kind !== 'run'));
    const runs = rows.flatMap(({ kind, source_name: id }) => (kind === 'run' ? [id] : []));
    next = [...new Set(runs)].filter((id) => !seen.has(id));
    for (const id of next) seen.add(id);
  }
  return { runIds: [...seen], sources };
}

async function sourcesOf(
  reader: Transaction<WorkspaceTables>,
  runIds: readonly string[],
): Promise<readonly RunSourcesTable[]> {
  const rows: RunSourcesTable[] = [];
  for (const ids of chunks(runIds)) {
    const query = reader.selectFrom('run_sources').selectAll().where('run_id', 'in', ids);
    rows.push(...(await query.orderBy('source_name').orderBy('source_version').execute()));
  }
  return rows;
}
