// The codes of errors as MLflow's clients know them.

// These mean the same to both.
const shared: ReadonlySet<string> = new Set([
  'INTERNAL_ERROR',
  'INVALID_PARAMETER_VALUE',
  'INVALID_STATE',
  'NOT_IMPLEMENTED',
  'PERMISSION_DENIED',
  'RESOURCE_ALREADY_EXISTS',
  'RESOURCE_DOES_NOT_EXIST',
  'UNAUTHENTICATED',
]);

const codeByStatus: ReadonlyMap<number, string> = new Map([
  [401, 'UNAUTHENTICATED'],
  [403, 'PERMISSION_DENIED'],
  [404, 'RESOURCE_DOES_NOT_EXIST'],
  [409, 'RESOURCE_CONFLICT'],
  [503, 'TEMPORARILY_UNAVAILABLE'],
  [507, 'RESOURCE_EXHAUSTED'],
]);

/** MLflow's code for an error of ours, by its own code where MLflow has that, else by its status. */
export function toMlflowCode(code: string, status: number): string {
  if (shared.has(code)) return code;
  // By this code a client knows that a server is older than itself, and does without.
  if (code === 'ROUTE_NOT_FOUND') return 'ENDPOINT_NOT_FOUND';
  return codeByStatus.get(status) ?? (status < 500 ? 'INVALID_PARAMETER_VALUE' : 'INTERNAL_ERROR');
}
