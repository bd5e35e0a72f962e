// Settings that Azure ML's file has no key for, as properties of the job, whose names start with
// `ridgeline.automl.`: the seed, the preset, class weights and limits of the chosen model.
import { didYouMean } from '@ridgeline/tabular';
import { AutoMLError } from '../errors.ts';
import type { AutoMLSettings } from '../settings/automl-settings.ts';

type Given = Partial<AutoMLSettings>;

const prefix = 'ridgeline.automl.';

const readers: ReadonlyMap<string, (text: string) => Given> = new Map<
  string,
  (text: string) => Given
>([
  ['seed', (text) => ({ seed: numberOf('seed', text) })],
  // The search checks the words itself.
  ['preset', (text) => ({ preset: text as AutoMLSettings['preset'] })],
  ['class_weight', (text) => ({ classWeight: text as AutoMLSettings['classWeight'] })],
  [
    'max_latency_microseconds',
    (text) => ({ maxLatencyMicroseconds: numberOf('max_latency_microseconds', text) }),
  ],
  ['max_model_bytes', (text) => ({ maxModelBytes: numberOf('max_model_bytes', text) })],
]);

/** @throws AutoMLError DEFINITION_INVALID */
export function settingsOfProperties(properties: ReadonlyMap<string, string>): Given {
  const own = [...properties].filter(([name]) => name.startsWith(prefix));
  return Object.assign({}, ...own.map(([name, text]) => read(name.slice(prefix.length), text)));
}

function read(name: string, text: string): Given {
  const reader = readers.get(name);
  if (reader !== undefined) return reader(text);
  const known = [...readers.keys()];
  const hint = didYouMean(name, known) || `; there are ${known.join(', ')}`;
  throw invalid(`there is no property '${prefix}${name}'${hint}`);
}

function numberOf(name: string, text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && Number.isFinite(value)) return value;
  throw invalid(`the property '${prefix}${name}' is '${text.slice(0, 80)}'; it must be a number`);
}

function invalid(message: string): AutoMLError {
  return new AutoMLError('DEFINITION_INVALID', message);
}
