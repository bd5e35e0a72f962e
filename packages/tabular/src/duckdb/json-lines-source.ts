// JSON Lines through DuckDB: each line is one object, each of its keys a column. Values are taken
// as their own text, so that no digit is lost before the type of the whole column is known.

import type { DuckDBConnection } from '@duckdb/node-api';
import { TabularError } from '../errors.ts';
import { checkLimit, type DataFile } from '../files/data-file.ts';
import { checkColumnNames } from '../table/check-column-names.ts';
import { duckdbReason, literalPattern } from './database.ts';
import { explainJsonLines } from './explain-json-lines.ts';
import { readKinds, readNumbers } from './query.ts';
import { sqlText, type TableSource, type WantedColumn, wantedColumns } from './table-source.ts';
import { jsonKindSql, typedTextSql, typeOfKinds } from './text-kinds.ts';

export interface FileRequest {
  readonly file: DataFile;
  readonly columns: readonly string[] | undefined;
  readonly maxRows: number;
}

/** One object may have up to 16 MiB, which is also DuckDB's own limit. */
const lines = `read_ndjson_objects(?, compression = 'uncompressed', hive_partitioning = false)`;

/** @throws DATA_FORMAT_INVALID with the line for what is no object, or has a key twice. */
export async function jsonLinesSource(
  connection: DuckDBConnection,
  { file, columns: wantedNames, maxRows }: FileRequest,
): Promise<TableSource> {
  const parameters = [literalPattern(file.absolutePath)];
  const { rowCount, keys } = await survey(connection, file, parameters);
  checkLimit(file.path, rowCount, maxRows, 'rows', 'maxRows');
  const wanted = wantedColumns(checkColumnNames(file.path, keys), wantedNames);
  const relation = relationSql(wanted);
  const kinds = await readKinds(connection, {
    ...{ relation, parameters, count: wanted.length, kind: jsonKindSql('type', 'text') },
    lists: { type: 't', text: 'v' },
  });
  const columns = wanted.map(({ name }, place) => {
    const type = typeOfKinds(kinds[place]);
    return { name, type, sql: typedTextSql(textSql(place), type) };
  });
  return { relation, parameters, rowCount, columns };
}

async function survey(
  connection: DuckDBConnection,
  file: DataFile,
  parameters: readonly string[],
): Promise<{ rowCount: number; keys: string[] }> {
  try {
    const relation = { relation: lines, parameters };
    const isObject = `coalesce(json_type(json) = 'OBJECT', false)`;
    const counts = [
      'count(*)',
      `count(*) FILTER (NOT ${isObject})`,
      `count(*) FILTER (${isObject} AND len(json_keys(json)) <> len(list_distinct(json_keys(json))))`,
    ];
    const [rowCount = 0, otherCount, repeatedCount] = await readNumbers(
      connection,
      relation,
      counts,
    );
    if (otherCount !== 0) throw new Error('a line is not an object');
    if (repeatedCount !== 0) throw new Error('an object has a key twice');
    return { rowCount, keys: await readKeys(connection, parameters) };
  } catch (cause) {
    // DuckDB counts lines from the start of its buffers, so the place is looked for once more.
    const reason = (await explainJsonLines(file)) ?? duckdbReason(cause);
    const message = `'${file.path}' is not JSON Lines: ${reason}`;
    throw new TabularError('DATA_FORMAT_INVALID', message, { cause });
  }
}

/** All keys, in the order in which the file first shows them. */
async function readKeys(
  connection: DuckDBConnection,
  parameters: readonly string[],
): Promise<string[]> {
  const sql = `SELECT key FROM (
      SELECT row, unnest(keys) AS key, generate_subscripts(keys, 1) AS place
      FROM (SELECT row_number() OVER () AS row, json_keys(json) AS keys FROM ${lines})
    ) GROUP BY key ORDER BY min((row, place))`;
  const result = await connection.run(sql, [...parameters]);
  return (await result.getRows()).map(([key]) => String(key));
}

/** One row of lists: `v` the texts of the wanted values, `t` their JSON types. */
function relationSql(wanted: readonly WantedColumn[]): string {
  const paths = `[${wanted.map(({ name }) => sqlText(pointer(name))).join(', ')}]`;
  return `(SELECT json_extract_string(json, ${paths}) AS v, json_type(json, ${paths}) AS t
    FROM ${lines})`;
}

function textSql(place: number): string {
  return `v[${place + 1}]`;
}

/** The JSON Pointer (RFC 6901) of a key of the outermost object. */
function pointer(key: string): string {
  return `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}
