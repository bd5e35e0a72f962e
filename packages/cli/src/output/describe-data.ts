// Data assets and profiles as people read them.
import type { ColumnProfile, DataAsset } from '@ridgeline/client';
import { formatFields, formatTable, formatTime } from './table.ts';

export function describeAsset(asset: DataAsset): string {
  return formatFields([
    ['data', `${asset.name}:${asset.version}`],
    ['type', asset.type],
    ['id', asset.id],
    ...describeContent(asset),
    ['uri', asset.uri],
    ['sha256', asset.sha256],
    ['created', formatTime(asset.createdAt)],
  ]);
}

function describeContent({
  schema,
  rowCount,
  fileCount,
}: DataAsset): ReadonlyArray<readonly [string, string]> {
  const files = fileCount === null ? 'a folder' : fileCount === 1 ? '1 file' : `${fileCount} files`;
  if (schema === null) return [['content', files]];
  const columns = schema.columns.map(({ name, type }) => `${name} (${type})`).join(', ');
  return [
    ['rows', String(rowCount)],
    ['columns', columns],
  ];
}

export function describeAssets(assets: readonly DataAsset[]): string {
  const rows = assets.map((asset) => [
    asset.name,
    asset.version,
    asset.type,
    String(asset.rowCount ?? '-'),
    String(asset.schema?.columns.length ?? '-'),
    formatTime(asset.createdAt),
    asset.id,
  ]);
  return formatTable(['DATA', 'VERSION', 'TYPE', 'ROWS', 'COLUMNS', 'CREATED', 'ID'], rows);
}

export function describeProfile(columns: readonly ColumnProfile[]): string {
  const rows = columns.map((column) => [
    column.name,
    column.type,
    String(column.missingCount),
    String(column.distinctCount),
    ...figuresOf(column),
  ]);
  const headings = ['COLUMN', 'TYPE', 'MISSING', 'DISTINCT', 'MIN', 'MAX', 'MEAN', 'STD'];
  return formatTable(headings, rows);
}

function figuresOf(column: ColumnProfile): readonly string[] {
  if (column.type === 'string') return ['-', '-', '-', '-'];
  if (column.type === 'datetime') return [column.min ?? '-', column.max ?? '-', '-', '-'];
  return [column.min, column.max, column.mean, column.standardDeviation].map(shortFigure);
}

function shortFigure(value: number | null): string {
  return value === null ? '-' : String(Number(value.toPrecision(6)));
}
