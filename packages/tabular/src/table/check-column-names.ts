// What the column names of a data file must be like, whatever its format.

import { TabularError } from '../errors.ts';

/**
 * The column names of a file, checked.
 * @throws DATA_HEADER_INVALID if one is empty or two are equal; names and places are in the message.
 */
export function checkColumnNames(path: string, names: readonly (string | null)[]): string[] {
  if (names.length === 0) {
    throw new TabularError('DATA_HEADER_INVALID', `'${path}' has no columns; expected one or more`);
  }
  const present = names.map((name) => name ?? '');
  const empty = present.flatMap((name, index) => (name.trim() === '' ? [index + 1] : []));
  if (empty.length > 0) {
    const which =
      empty.length === 1 ? `column ${empty[0]} has` : `columns ${empty.join(', ')} have`;
    const message = `${which} no name; expected a header with one name a column`;
    throw new TabularError('DATA_HEADER_INVALID', `'${path}': ${message}`);
  }
  const repeated = [...new Set(present.filter((name, index) => present.indexOf(name) !== index))];
  if (repeated.length > 0) {
    const list = repeated.map((name) => `'${name}'`).join(', ');
    const subject = repeated.length === 1 ? `column name ${list} is` : `column names ${list} are`;
    const message = `the ${subject} there more than once; expected each once: rename the others`;
    throw new TabularError('DATA_HEADER_INVALID', `'${path}': ${message}`);
  }
  return present;
}
