// Names for operations, by which generated clients call their functions.

/**
 * `POST /api/v1/jobs/:id/cancel` → `postJobsByIdCancel`. Two routes never share a name: a route's
 * own address is all that goes into it.
 */
export function operationId(method: string, url: string): string {
  const words = url
    .replace(/^\/(ajax-)?api\/\d\.0\//, '/$1')
    .replace(/^\/api\/v1\//, '/')
    .replace(/:(\w+)/g, 'by-$1')
    .replace('*', 'by-path')
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== '');
  return [method.toLowerCase(), ...words.map(capitalise)].join('');
}

function capitalise(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
