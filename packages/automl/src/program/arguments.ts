// The command line of ridgeline-automl.
import { AutoMLError } from '../errors.ts';

export const usage = `Usage: ridgeline-automl --definition FILE --input NAME=PATH... --output NAME=PATH...

Searches for the best model of a table: what a step of type 'automl' runs. FILE is the step's
definition as JSON; its training_data, validation_data and test_data name inputs.

Outputs that there may be, by name; each may be left out:
  best_model    the chosen model, a folder in MLflow's format
  metrics_data  JSON: {"<run id>": {"<metric>": [<value>]}}, one entry a trial
  leaderboard   JSON: all trials, best first, with parameters, folds and times
  report        a folder: explanation, plots, guardrails, model card

Exit codes: 0 done, 1 failed, 2 wrong usage. SIGTERM and Ctrl-C end the search with the best so far.

Example:
  echo '{"task": "regression", "targetColumn": "ERP", "trainingData": "rows",
    "limits": {"timeoutMinutes": 1}}' > step.json
  ridgeline-automl --definition step.json --input rows=machine-cpu.csv --output best_model=model
`;

export interface ProgramArguments {
  readonly definitionFile: string;
  readonly inputs: ReadonlyMap<string, string>;
  readonly outputs: ReadonlyMap<string, string>;
}

/** @throws AutoMLError PROGRAM_ARGUMENT_INVALID */
export function readArguments(words: readonly string[]): ProgramArguments | 'help' {
  const inputs = new Map<string, string>();
  const outputs = new Map<string, string>();
  let definitionFile: string | null = null;
  for (let at = 0; at < words.length; at += 2) {
    const word = words[at];
    const value = words[at + 1];
    if (word === '--help' || word === '-h') return 'help';
    if (word === '--definition') definitionFile = definitionPath(value);
    else if (word === '--input') inputs.set(...namedPath(word, value));
    else if (word === '--output') outputs.set(...namedPath(word, value));
    else throw invalid(`unknown argument '${word}'; expected --definition, --input or --output`);
  }
  if (definitionFile !== null) return { definitionFile, inputs, outputs };
  throw invalid('--definition is missing; it names the JSON file of the step');
}

function definitionPath(text: string | undefined): string {
  if (text !== undefined && text !== '') return text;
  throw invalid('--definition has no value; it names the JSON file of the step');
}

function namedPath(option: string, text: string | undefined): readonly [string, string] {
  const split = text?.indexOf('=') ?? -1;
  if (text !== undefined && split > 0 && split < text.length - 1) {
    return [text.slice(0, split), text.slice(split + 1)];
  }
  throw invalid(`${option} is '${text ?? ''}'; write NAME=PATH`);
}

function invalid(message: string): AutoMLError {
  return new AutoMLError('PROGRAM_ARGUMENT_INVALID', message);
}
