// Which headers pass the gateway. Those that belong to one connection (RFC 9110, 7.6.1) end here.

import type { HeaderValues } from './gateway-message.ts';

const hopByHopNames: ReadonlySet<string> = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** Ends here as well: the instance has its own address, and the answer to Expect is the server's. */
const requestOnlyNames: ReadonlySet<string> = new Set(['host', 'expect', 'authorization']);

/** The caller's headers for the instance, with the caller's key replaced by the instance's. */
export function requestHeaders(
  headers: HeaderValues,
  internalKey: string,
): Record<string, string | string[]> {
  const forwarded = endToEnd(headers, requestOnlyNames);
  forwarded.authorization = `Bearer ${internalKey}`;
  return forwarded;
}

/** The instance's headers for the caller, with the name of the deployment that answered. */
export function answerHeaders(
  headers: HeaderValues,
  deploymentName: string,
): Record<string, string | string[]> {
  const forwarded = endToEnd(headers, new Set());
  forwarded['azureml-model-deployment'] = deploymentName;
  return forwarded;
}

function endToEnd(
  headers: HeaderValues,
  dropped: ReadonlySet<string>,
): Record<string, string | string[]> {
  const named = namedByConnection(headers.connection);
  const kept: Record<string, string | string[]> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value === undefined || hopByHopNames.has(name) || dropped.has(name)) continue;
    if (named.has(name)) continue;
    kept[name] = typeof value === 'string' ? value : [...value];
  }
  return kept;
}

function namedByConnection(value: string | readonly string[] | undefined): ReadonlySet<string> {
  if (value === undefined) return new Set();
  const text = typeof value === 'string' ? value : value.join(',');
  return new Set(text.split(',').map((name) => name.trim().toLowerCase()));
}
