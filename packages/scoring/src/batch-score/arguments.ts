// The command line of ridgeline-batch-score: its options, its help, its checks.

import { parseArgs } from 'node:util';
import { errorMessage, ScoringError } from '../errors.ts';

export const usage = `Usage: ridgeline-batch-score --model FOLDER --input FILE --output FILE [options]

Scores each row of a CSV file: the same rows in the same order, and a column 'score' with the
prediction, a number or a label.

Options:
  --model FOLDER         the model, in MLflow's format
  --input FILE           CSV with a header; columns are matched to the model's by name
  --output FILE          where to write; rows without a score are listed in FILE.errors.jsonl
  --probabilities        also write a column probability_CLASS for each class of a classification
  --error-threshold N    how many rows may fail, -1 for any number (default 10)
  --model-name NAME      the name to report (default: the folder's)
  --json                 print the result as one line of JSON, all else to stderr
  --help                 print this

Exit codes: 0 scored, 1 failed and wrote nothing, 2 wrong usage.

Example:
  ridgeline-batch-score --model ./model --input diabetes.csv --output scores.csv --error-threshold 0
`;

export interface BatchScoreArguments {
  readonly modelFolder: string;
  readonly inputPath: string;
  readonly outputPath: string;
  readonly errorThreshold?: number;
  readonly modelName?: string;
  readonly probabilities?: boolean;
  readonly json: boolean;
}

/** Returns 'help' when help is asked for; throws BATCH_ARGUMENT_INVALID. */
export function readArguments(words: readonly string[]): BatchScoreArguments | 'help' {
  const values = parse(words);
  if (values.help === true) return 'help';
  const threshold = values['error-threshold'];
  const modelName = values['model-name'];
  return {
    modelFolder: required('--model', values.model),
    inputPath: required('--input', values.input),
    outputPath: required('--output', values.output),
    ...(threshold !== undefined && { errorThreshold: readThreshold(threshold) }),
    ...(modelName !== undefined && { modelName }),
    ...(values.probabilities === true && { probabilities: true }),
    json: values.json === true,
  };
}

function parse(words: readonly string[]) {
  try {
    return parseArgs({ args: joinNegative(words), options: optionTypes, strict: true }).values;
  } catch (error) {
    throw invalid(errorMessage(error));
  }
}

const optionTypes = {
  model: { type: 'string' },
  input: { type: 'string' },
  output: { type: 'string' },
  'error-threshold': { type: 'string' },
  'model-name': { type: 'string' },
  probabilities: { type: 'boolean' },
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

// Node's parser takes the -1 of `--error-threshold -1` for another option.
function joinNegative(words: readonly string[]): string[] {
  return words.flatMap((word, index) => {
    if (word === '--error-threshold' && /^-\d/.test(words[index + 1] ?? '')) return [];
    return words[index - 1] === '--error-threshold' && /^-\d/.test(word)
      ? [`--error-threshold=${word}`]
      : [word];
  });
}

function required(option: string, value: string | undefined): string {
  if (value !== undefined && value !== '') return value;
  throw invalid(`${option} is required`);
}

function readThreshold(text: string): number {
  if (/^(-1|\d+)$/.test(text)) return Number(text);
  throw invalid(`--error-threshold is '${text}'; it must be a whole number from 0, or -1`);
}

function invalid(message: string): ScoringError {
  return new ScoringError('BATCH_ARGUMENT_INVALID', message);
}
