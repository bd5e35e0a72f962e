// The error codes of the operating system, as node:fs reports them.

/** True when `error` is a file system error with one of `codes`, such as ENOENT. */
export function hasSystemCode(error: unknown, ...codes: readonly string[]): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    typeof error.code === 'string' &&
    codes.includes(error.code)
  );
}

/** What `work` gives, or null where the file or folder that it asks for is not there. */
export async function nullIfMissing<T>(work: Promise<T>): Promise<T | null> {
  try {
    return await work;
  } catch (error) {
    // ENOTDIR: a file stands where the path needs a folder, so nothing can be below it.
    if (hasSystemCode(error, 'ENOENT', 'ENOTDIR')) return null;
    throw error;
  }
}
