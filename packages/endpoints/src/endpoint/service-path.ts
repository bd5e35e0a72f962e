// Where an endpoint is found below the server's public address (Azure's path for a service).

/** `/api/v1/service/NAME`, without a slash at the end. */
export function servicePath(endpointName: string): string {
  return `/api/v1/service/${endpointName}`;
}
