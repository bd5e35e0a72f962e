// What a call gives as text: JSON, tabs for scripts, a table for people. Null prints nothing, as scripts
// ask for it by `[[ -z … ]]`.

import { formatTable } from '../../output/table.ts';
import { AzError } from '../az-error.ts';

export const outputFormats = ['json', 'jsonc', 'tsv', 'table', 'none'] as const;
export type OutputFormat = (typeof outputFormats)[number];

/** @throws AzError AZ_USAGE */
export function outputFormat(text: string | undefined): OutputFormat {
  const wanted = (text ?? 'json').toLowerCase();
  const found = outputFormats.find((format) => format === wanted);
  if (found !== undefined) return found;
  throw new AzError('AZ_USAGE', `--output takes ${outputFormats.join(', ')} here`);
}

/** With its line break; empty where nothing is to be printed. */
export function formatOutput(value: unknown, format: OutputFormat): string {
  if (value === undefined || value === null || format === 'none') return '';
  if (format === 'tsv') return rowsOf(value).map(tsvRow).join('');
  if (format === 'table') return table(value);
  return `${JSON.stringify(value, null, 2)}\n`;
}

function rowsOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}

/** The values of an object stand in the order of their names. */
function tsvRow(row: unknown): string {
  if (Array.isArray(row)) return `${row.map(tsvCell).join('\t')}\n`;
  return `${
    isObject(row)
      ? sorted(row)
          .map(([, cell]) => tsvCell(cell))
          .join('\t')
      : tsvCell(row)
  }\n`;
}

/** Of a list the number of its items, as the Azure CLI has it. */
function tsvCell(cell: unknown): string {
  if (Array.isArray(cell)) return String(cell.length);
  if (isObject(cell)) return '';
  return cell === null || cell === undefined ? '' : String(cell);
}

function sorted(row: object): readonly (readonly [string, unknown])[] {
  return Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1));
}

function table(value: unknown): string {
  const rows = rowsOf(value).map((row) => (isObject(row) ? row : { Result: row }));
  const cells = rows.map((row) =>
    Object.entries(row).filter(([, cell]) => typeof cell !== 'object' && cell !== undefined),
  );
  const names = [...new Set(cells.flatMap((row) => row.map(([name]) => name)))];
  if (names.length === 0) return '';
  const headings = names.map((name) => name.charAt(0).toUpperCase() + name.slice(1));
  const lines = cells.map((row) => {
    const byName = new Map(row);
    return names.map((name) => String(byName.get(name) ?? ''));
  });
  const widths = headings.map((heading, at) =>
    Math.max(heading.length, ...lines.map((line) => line[at]?.length ?? 0)),
  );
  return `${formatTable(headings, [widths.map((width) => '-'.repeat(width)), ...lines])}\n`;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
