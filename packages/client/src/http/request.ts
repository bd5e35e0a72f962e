// What one call to the server is, before it is sent.

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Path and query below the server's address, already encoded. */
  readonly path: string;
  /** A value to send as JSON. */
  readonly json?: unknown;
  /** Makes the body anew for each try: a stream can be read only once. */
  readonly body?: () => Promise<Blob | ReadableStream<Uint8Array>>;
  readonly headers?: Readonly<Record<string, string>>;
  /**
   * Whether sending it twice does no more than sending it once.
   * Default: true for GET and PUT, false for the others.
   */
  readonly repeatable?: boolean;
  /** Sent in place of the client's own token: an endpoint's key. */
  readonly token?: string;
  readonly signal?: AbortSignal | undefined;
}

export function isRepeatable(request: HttpRequest): boolean {
  return request.repeatable ?? (request.method === 'GET' || request.method === 'PUT');
}
