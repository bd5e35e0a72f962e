// The line that the process prints when it fails; an error that is a fault of ours has its trace.

/** Any error of ours, of this package or a lower one, has a string `code` and a numeric `status`. */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return `error: ${String(error)}`;
  const isOurs =
    'code' in error &&
    typeof error.code === 'string' &&
    'status' in error &&
    typeof error.status === 'number';
  return isOurs
    ? `error ${error.code}: ${error.message}`
    : `error: ${error.stack ?? error.message}`;
}
