// How variables are called in the environment of a process.

/** Upper case, with `_` for dots and spaces; hyphens stay. */
export function environmentName(variable: string, preserveCase = false): string {
  const name = variable.replace(/[. ]/g, '_');
  return preserveCase ? name : name.toUpperCase();
}

/** What an operating system can hold as the name of an environment variable. */
export function isEnvironmentName(name: string): boolean {
  return name !== '' && !name.includes('=') && !name.includes('\0');
}

/** The longest text that Linux gives to a process, `NAME=value` and its end in one. */
const maxEntryBytes = 128 * 1024;

export function fitsEnvironment(name: string, value: string): boolean {
  if (value.includes('\0')) return false;
  const length = name.length + value.length + 2;
  if (length * 3 <= maxEntryBytes) return true;
  return length <= maxEntryBytes && Buffer.byteLength(`${name}=${value}`) + 1 <= maxEntryBytes;
}
