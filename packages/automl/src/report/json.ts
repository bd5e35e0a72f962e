// JSON as files of a report hold it.

/** JSON has no NaN and no infinity: they become null. */
export function json(value: object): string {
  return `${JSON.stringify(value, null, 1)}\n`;
}
