// Changes one place of a good body: another type, a huge number, a thousand levels, odd Unicode,
// nothing at all; and its text as JSON, which no value can be written as: a key twice, a number that
// no number holds.
import fc from 'fast-check';

function deep(levels: number): unknown {
  return Array.from({ length: levels }).reduce((inner) => ({ a: [inner] }), null as unknown);
}

const hostile = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    0,
    -1,
    1e308,
    -1e-308,
    2 ** 53 + 2,
    '',
    ' ',
    '\0',
    '\ud800',
    '\u202e\u0000\uffff',
    '𝒳'.repeat(2_000),
    'a'.repeat(100_000),
    '../../etc/passwd',
    '${{inputs.alpha}}',
    '__proto__',
    'constructor',
    'azureml:none:1',
    'azureml://datastores/none/paths/x',
    [],
    {},
    deep(1_000),
    { constructor: 1, toString: 2, hasOwnProperty: 3 },
    Array.from({ length: 5_000 }, (_, i) => i),
    Object.fromEntries(Array.from({ length: 5_000 }, (_, i) => [`k${i}`, 'v'])),
  ),
  fc.string({ unit: 'binary', maxLength: 50 }),
  fc.jsonValue({ maxDepth: 3 }),
);

/** Changes one place of a value: puts something else there, takes it away, or spoils its text. */
type Change = (value: unknown) => unknown;

const removed = Symbol('removed');

const changeOfValue: fc.Arbitrary<Change> = fc.oneof(
  {
    weight: 3,
    arbitrary: hostile.map(
      (value): Change =>
        () =>
          value,
    ),
  },
  { weight: 1, arbitrary: fc.constant<Change>(() => removed) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(fc.nat(), fc.oneof(fc.string({ unit: 'binary', maxLength: 4 }), fc.constant('\n- {')))
      .map(
        ([at, text]): Change =>
          (value) =>
            spoiled(value, at, text),
      ),
  },
);

function spoiled(value: unknown, at: number, text: string): unknown {
  if (typeof value !== 'string') return [value];
  const place = at % (value.length + 1);
  return value.slice(0, place) + text + value.slice(place + text.length);
}

/** `steps` choose the way down; where it ends, the change is made. */
function changedAt(value: unknown, steps: readonly number[], make: Change): unknown {
  const [step, ...others] = steps;
  const isEnd = step === undefined || typeof value !== 'object' || value === null;
  const keys = isEnd ? [] : Object.keys(value);
  if (isEnd || keys.length === 0) return make(value);
  const key = keys[step % keys.length] ?? '';
  const inner = changedAt((value as Readonly<Record<string, unknown>>)[key], others, make);
  const entries = Object.entries(value).map(([name, each]) => [name, name === key ? inner : each]);
  const kept = entries.filter(([, each]) => each !== removed);
  return Array.isArray(value) ? kept.map(([, each]) => each) : Object.fromEntries(kept);
}

/** Changes the text of a JSON. */
type Spoil = (json: string) => string;

const number = /(?<=[:[,])-?\d+(\.\d+)?(?=[,}\]])/g;
const key = /"\w+":/g;
const oddNumbers = [
  '-0',
  '1e400',
  '-1e400',
  '9007199254740993',
  '18446744073709551616',
  '1e-400',
  '0.1e1',
];
const oddValues = [
  ...oddNumbers,
  'null',
  '"\\ud800"',
  '"\\u0000"',
  '[]',
  '"1"',
  `${'['.repeat(9_999)}${']'.repeat(9_999)}`,
];

function replacedAt(
  json: string,
  pattern: RegExp,
  at: number,
  make: (found: string) => string,
): string {
  const places = [...json.matchAll(pattern)];
  const place = places[at % Math.max(1, places.length)];
  if (place === undefined) return json;
  const end = place.index + place[0].length;
  return json.slice(0, place.index) + make(place[0]) + json.slice(end);
}

const spoil: fc.Arbitrary<Spoil> = fc.oneof(
  fc.tuple(fc.nat(50), fc.constantFrom(...oddNumbers)).map(
    ([at, odd]): Spoil =>
      (json) =>
        replacedAt(json, number, at, () => odd),
  ),
  fc.tuple(fc.nat(50), fc.constantFrom(...oddValues)).map(
    ([at, odd]): Spoil =>
      (json) =>
        replacedAt(json, key, at, (found) => `${found}${odd},${found}`),
  ),
  fc.nat(2_000).map(
    (at): Spoil =>
      (json) =>
        json.slice(0, at % json.length),
  ),
);

/** What to do to a body: to its value, or to its text. */
export const change = fc.oneof(
  { weight: 3, arbitrary: fc.record({ ofValue: changeOfValue }) },
  { weight: 1, arbitrary: fc.record({ ofText: spoil }) },
);

/** Chooses the place of a change. */
export const wayDown = fc.array(fc.nat(50), { minLength: 0, maxLength: 5 });

/** The JSON of the spoiled value, or the spoiled JSON of the value. */
export function changed(
  seed: object,
  steps: readonly number[],
  how: { readonly ofValue: Change } | { readonly ofText: Spoil },
): string {
  if ('ofText' in how) return how.ofText(JSON.stringify(seed));
  const value = changedAt(seed, steps, how.ofValue);
  return value === removed ? '' : (JSON.stringify(value) ?? '');
}
