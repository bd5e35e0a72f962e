// Whether a text is a cron expression: five fields of numbers, lists, ranges and steps.

interface Field {
  readonly name: string;
  readonly minimum: number;
  readonly maximum: number;
  /** Names of its values, from the minimum on. */
  readonly words: readonly string[];
}

const fields: readonly Field[] = [
  { name: 'minutes', minimum: 0, maximum: 59, words: [] },
  { name: 'hours', minimum: 0, maximum: 23, words: [] },
  { name: 'days', minimum: 1, maximum: 31, words: [] },
  {
    name: 'months',
    minimum: 1,
    maximum: 12,
    words: ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'],
  },
  {
    name: 'days of the week',
    minimum: 0,
    maximum: 7,
    words: ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'],
  },
];

/** Null for a good one, else what is wrong. */
export function cronProblem(expression: string): string | null {
  const parts = expression.trim().split(/\s+/);
  if (parts.length !== fields.length) {
    return `it has ${parts.length} fields, and needs 5: minutes, hours, days, months and days of the week`;
  }
  for (const [index, field] of fields.entries()) {
    const part = parts[index] ?? '';
    if (!part.split(',').every((item) => isItem(item, field))) {
      return `'${part.slice(0, 40)}' is no list of ${field.name} (${field.minimum} to ${field.maximum})`;
    }
  }
  return null;
}

/** `*`, `5`, `1-5`, each with `/step` after it. */
function isItem(item: string, field: Field): boolean {
  const match = /^(?:\*|(?<from>[0-9a-z]+)(?:-(?<to>[0-9a-z]+))?)(?:\/(?<step>\d{1,3}))?$/i.exec(
    item,
  );
  if (match === null) return false;
  const { from, to, step } = match.groups ?? {};
  if (step !== undefined && Number(step) === 0) return false;
  const first = from === undefined ? field.minimum : numberOf(from, field);
  const last = to === undefined ? first : numberOf(to, field);
  return first !== null && last !== null && first <= last;
}

function numberOf(text: string, { minimum, maximum, words }: Field): number | null {
  const word = words.indexOf(text.toLowerCase());
  if (word !== -1) return word + minimum;
  const value = /^\d{1,2}$/.test(text) ? Number(text) : Number.NaN;
  return value >= minimum && value <= maximum ? value : null;
}
