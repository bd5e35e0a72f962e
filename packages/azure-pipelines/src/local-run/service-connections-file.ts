// Service connections from a file: name → what a task needs to sign in with. The keys are those of
// the REST API of service endpoints, so that what `az devops service-endpoint` prints can be kept.
import type { ServiceConnection } from '../task/service-connection.ts';
import type { Plain, PlainMapping } from './node-to-plain.ts';
import { invalid, isMapping, readSettings } from './read-settings.ts';

export type ServiceConnections = ReadonlyMap<string, ServiceConnection>;

const known = ['id', 'type', 'url', 'authorization', 'data', 'scheme', 'parameters', 'name'];

/** @throws LocalRunError FILE_NOT_FOUND, SETTINGS_INVALID */
export async function readServiceConnections(file: string): Promise<ServiceConnections> {
  const entries = Object.entries(await readSettings(file));
  return new Map(
    entries.map(([name, value]) => [name.toLowerCase(), readConnection(name, value, file)]),
  );
}

function readConnection(name: string, value: Plain, file: string): ServiceConnection {
  const place = `${file}: service connection '${name}'`;
  if (!isMapping(value)) throw invalid(place, 'expected its type, url and authorization');
  const unknown = Object.keys(value).find((key) => !known.includes(key));
  if (unknown !== undefined)
    throw invalid(place, `does not know '${unknown}'; it takes ${known.slice(0, 5).join(', ')}`);
  const authorization = mappingAt(value, 'authorization', place);
  const { parameters = value.parameters, scheme = value.scheme } = authorization;
  const url = textAt(value, 'url', place);
  return {
    id: textAt(value, 'id', place) ?? name,
    name,
    type: textAt(value, 'type', place) ?? 'generic',
    ...(url === undefined ? {} : { url }),
    scheme: typeof scheme === 'string' ? scheme : 'None',
    parameters: texts(parameters ?? {}, `${place}: parameters`),
    data: texts(mappingAt(value, 'data', place), `${place}: data`),
  };
}

function mappingAt(mapping: PlainMapping, key: string, place: string): PlainMapping {
  const value = mapping[key] ?? {};
  if (isMapping(value)) return value;
  throw invalid(place, `'${key}' has no names with values`);
}

function textAt(mapping: PlainMapping, key: string, place: string): string | undefined {
  const value = mapping[key];
  if (value === undefined || typeof value === 'string') return value;
  throw invalid(place, `'${key}' is no text`);
}

function texts(value: Plain, place: string): Readonly<Record<string, string>> {
  if (!isMapping(value)) throw invalid(place, 'expected names with values');
  const odd = Object.entries(value).find(([, text]) => text !== null && typeof text !== 'string');
  if (odd !== undefined) throw invalid(place, `'${odd[0]}' is no text`);
  return Object.fromEntries(
    Object.entries(value).map(([name, text]) => [name, String(text ?? '')]),
  );
}
