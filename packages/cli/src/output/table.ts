// Lists for people: columns in line, as narrow as they can be.
import { padToWidth, textWidth } from './text-width.ts';

/** The rows as text, one line each, below a line of headings. */
export function formatTable(
  headings: readonly string[],
  rows: ReadonlyArray<readonly string[]>,
): string {
  const widths = headings.map((heading, column) =>
    Math.max(...[heading, ...rows.map((row) => row[column] ?? '')].map(textWidth)),
  );
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, column) => padToWidth(cell, widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  return [headings, ...rows].map(line).join('\n');
}

/** Names and values, one line each. */
export function formatFields(fields: ReadonlyArray<readonly [string, string]>): string {
  const width = Math.max(...fields.map(([name]) => textWidth(name)));
  return fields.map(([name, value]) => `${padToWidth(name, width)}  ${value}`.trimEnd()).join('\n');
}

/** An ISO time without its fraction, in UTC; a dash where there is none. */
export function formatTime(iso: string | null): string {
  return iso === null ? '-' : iso.replace('T', ' ').replace(/\.\d+Z$/, 'Z');
}

/** When, and by whom where that is known. */
export function formatCreation({
  createdAt,
  createdBy,
}: {
  readonly createdAt: string;
  readonly createdBy: string;
}): string {
  return `${formatTime(createdAt)}${createdBy === '' ? '' : ` by ${createdBy}`}`;
}

/** 0.4 s, 12.3 s, 2 min 5 s. */
export function formatDuration(milliseconds: number): string {
  const seconds = milliseconds / 1000;
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  return `${Math.floor(seconds / 60)} min ${Math.floor(seconds % 60)} s`;
}
