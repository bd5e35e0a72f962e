// Writes one CSV record: the reference for what the reader must give back.

/**
 * The record as one line of RFC 4180, without its line end. Null and the empty string both become
 * an empty field, which reads as null. A record of one empty field is written `""`, since a
 * blank line would be no record.
 */
export function formatCsvRecord(fields: readonly (string | null)[], delimiter = ','): string {
  const line = fields.map((field) => formatField(field ?? '', delimiter)).join(delimiter);
  return line === '' ? '""' : line;
}

function formatField(field: string, delimiter: string): string {
  const isPlain = !/["\r\n]|^[ \t\uFEFF]/.test(field) && !field.includes(delimiter);
  return isPlain ? field : `"${field.replaceAll('"', '""')}"`;
}
