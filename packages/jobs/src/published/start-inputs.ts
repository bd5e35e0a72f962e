// The values of one start of a published pipeline, checked so that every mistake is told at once.
import { assignInputs, type Job, type LiteralValue } from '@ridgeline/azureml-yaml';
import { JobError } from '../errors.ts';
import type { JobSubmission } from '../submission/submission.ts';

type Values = Readonly<Record<string, LiteralValue>>;

const maxMistakes = 100;

/**
 * @param given by input; null is the same as not given.
 * @returns the values for the submission: those it was published with, and over them the given ones.
 * @throws JobError JOB_INPUT_INVALID with every mistaken input
 */
export function startInputs(
  job: Job,
  { inputs = {} }: JobSubmission,
  given: Readonly<Record<string, unknown>>,
): Values {
  const scalars = Object.entries(given).filter(isScalar);
  const values = { ...inputs, ...Object.fromEntries(scalars) };
  const mistakes = [...notScalar(given), ...unfit(job, values, Object.keys(given))];
  if (mistakes.length === 0) return values;
  const shown = mistakes.slice(0, maxMistakes);
  const more = mistakes.length - shown.length;
  const lines = more === 0 ? shown : [...shown, `and ${more} more`];
  throw new JobError('JOB_INPUT_INVALID', lines.join('\n'));
}

function isScalar(entry: readonly [string, unknown]): entry is [string, LiteralValue] {
  return ['string', 'number', 'boolean'].includes(typeof entry[1]);
}

function notScalar(given: Readonly<Record<string, unknown>>): readonly string[] {
  const wrong = Object.entries(given).filter((entry) => entry[1] !== null && !isScalar(entry));
  return wrong.map(([name, value]) => {
    const kind = Array.isArray(value) ? 'a list' : 'an object';
    return `input '${shorten(name)}' is ${kind}; give it a text, a number, true or false`;
  });
}

// An input that was given as something that is no value has its own mistake: that it is missing as
// well is not worth a second line.
function unfit(job: Job, values: Values, given: readonly string[]): readonly string[] {
  const { diagnostics } = assignInputs(job, values);
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  const isSaid = (message: string) =>
    given.some((name) => !Object.hasOwn(values, name) && message.startsWith(`input '${name}' `));
  return errors.map(({ message }) => message).filter((message) => !isSaid(message));
}

function shorten(text: string): string {
  return text.length <= 60 ? text : `${text.slice(0, 60).toWellFormed()}…`;
}
