// The words behind a command as flags, as Python's argparse reads them: `--name x`, `--name=x`, `-n x`,
// `-nx`, and a long flag by any beginning that only one has. Values never show in a message: any of
// them may be a secret.
import { AzError } from '../az-error.ts';
import type { Flag } from './flag.ts';

export class Flags {
  readonly #given: ReadonlyMap<string, readonly string[]>;

  constructor(given: ReadonlyMap<string, readonly string[]>) {
    this.#given = given;
  }

  has(name: string): boolean {
    return this.#given.has(name);
  }

  /** The last one given. */
  one(name: string): string | undefined {
    return this.#given.get(name)?.at(-1);
  }

  /** As `one`, of a flag that is required. */
  required(name: string): string {
    const value = this.one(name);
    if (value === undefined || value === '')
      throw new AzError('AZ_USAGE', `--${name} has no value`);
    return value;
  }

  all(name: string): readonly string[] {
    return this.#given.get(name) ?? [];
  }

  get names(): readonly string[] {
    return [...this.#given.keys()];
  }
}

/** Of any call. */
const maxWords = 1000;

/** @throws AzError AZ_USAGE */
export async function parseFlags(words: readonly string[], known: readonly Flag[]): Promise<Flags> {
  if (words.length > maxWords) throw usage(`there are ${words.length} words; ${maxWords} fit`);
  const given = new Map<string, readonly string[]>();
  for (let at = 0; at < words.length; ) {
    const found = await findFlag(words[at] ?? '', known);
    const { values, next } = takeValues(found, words, at + 1);
    const { name } = found.flag;
    given.set(name, [...(given.get(name) ?? []), ...values]);
    at = next;
  }
  return new Flags(given);
}

/** @throws AzError AZ_USAGE */
export function checkRequired(flags: Flags, known: readonly Flag[]): void {
  const missing = known.filter(({ isRequired, name }) => isRequired === true && !flags.has(name));
  if (missing.length === 0) return;
  const names = missing.map(({ spellings }) => spellings.join('/'));
  throw usage(`the following arguments are required: ${names.join(', ')}`);
}

interface Found {
  readonly flag: Flag;
  readonly spelling: string;
  /** Written in the same word. */
  readonly value?: string;
}

async function findFlag(word: string, known: readonly Flag[]): Promise<Found> {
  if (!isFlag(word))
    throw usage('a word stands alone that belongs to no flag; is a quote missing?');
  const equals = word.indexOf('=');
  const spelling = equals < 0 ? word : word.slice(0, equals);
  const value = equals < 0 ? {} : { value: word.slice(equals + 1) };
  const exact = known.find(({ spellings }) => spellings.includes(spelling));
  if (exact !== undefined) return { flag: exact, spelling, ...value };
  return joined(word, known) ?? begun(spelling, value, known) ?? (await refuse(spelling, known));
}

/** `-otsv` */
function joined(word: string, known: readonly Flag[]): Found | undefined {
  const spelling = word.slice(0, 2);
  if (word.startsWith('--')) return undefined;
  const flag = known.find(
    ({ spellings, takes }) => takes !== 'nothing' && spellings.includes(spelling),
  );
  return flag && { flag, spelling, value: word.slice(2) };
}

function begun(
  spelling: string,
  value: { readonly value?: string },
  known: readonly Flag[],
): Found | undefined {
  if (!spelling.startsWith('--') || spelling.length < 4) return undefined;
  const fitting = known.filter(({ spellings }) =>
    spellings.some((one) => one.startsWith(spelling)),
  );
  const [flag] = fitting;
  return flag === undefined || fitting.length > 1 ? undefined : { flag, spelling, ...value };
}

async function refuse(spelling: string, known: readonly Flag[]): Promise<never> {
  const { didYouMean, shorten } = await import('@ridgeline/azure-pipelines');
  const shown = spelling.startsWith('--') ? shorten(spelling) : spelling.slice(0, 2);
  const names = known.flatMap(({ spellings }) => spellings);
  throw usage(
    `unrecognized arguments: ${shown}.${didYouMean(shown, names)} The stand-in knows here: ${names.join(' ')}`,
  );
}

function takeValues({ flag, spelling, value }: Found, words: readonly string[], start: number) {
  if (flag.takes === 'nothing') {
    if (value === undefined) return { values: [], next: start };
    throw usage(`${spelling} takes no value`);
  }
  const first = value === undefined ? [] : [value];
  const most = first.length > 0 ? 0 : flag.takes === 'value' ? 1 : words.length;
  const behind = words.slice(start).findIndex((word) => isFlag(word));
  const end = Math.min(start + most, behind < 0 ? words.length : start + behind);
  const values = [...first, ...words.slice(start, end)];
  if (values.length > 0) return { values, next: end };
  throw usage(
    `${spelling} expects a value; one that begins with a dash is written as ${spelling}=VALUE`,
  );
}

/** A dash alone, and negative numbers, are values. */
function isFlag(word: string): boolean {
  return /^-[^\d]/.test(word) && word !== '--';
}

function usage(message: string): AzError {
  return new AzError('AZ_USAGE', message);
}
