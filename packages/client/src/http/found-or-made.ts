// Calls that make a thing or find the same one: the status says which of the two it was.
import type { FoundOrMade } from '../wire/found-or-made.ts';
import type { HttpClient } from './http-client.ts';

/** Made twice, the second call finds what the first has made: it may be repeated. */
export async function findOrMake<T>(
  http: HttpClient,
  path: string,
  json: unknown,
): Promise<FoundOrMade<T>> {
  const request = { method: 'POST', path, json, repeatable: true } as const;
  return http.send(request, async (response) => ({
    asset: (await response.json()) as T,
    created: response.status === 201,
  }));
}
