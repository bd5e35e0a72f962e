// The errors of operations on endpoints by name.

import { EndpointError } from '../errors.ts';
import { quoted } from './names.ts';

export function notFound(name: string): EndpointError {
  return new EndpointError(
    'ENDPOINT_NOT_FOUND',
    `endpoint ${quoted(name)} does not exist; "ridgeline endpoint list" shows those that do`,
  );
}

export function stopped(): EndpointError {
  return new EndpointError(
    'ENDPOINT_MANAGER_STOPPED',
    'the server is starting or stopping and takes no requests for endpoints; try again later',
  );
}

export function beingDeleted(name: string): EndpointError {
  return new EndpointError(
    'ENDPOINT_BEING_DELETED',
    `endpoint '${name}' is being deleted; create it again when that is done`,
  );
}
