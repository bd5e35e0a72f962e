// The command line of ridgeline-parallel-run.
import { ScoringError } from '../errors.ts';

export const usage = `Usage: ridgeline-parallel-run --input NAME=PATH... --output NAME=PATH... [-- ARGUMENTS]

Runs an entry script over data in mini-batches: what a step of type 'parallel' runs. The rest of the
step's definition is expected as JSON in the variable RIDGELINE_STEP_DEFINITION. ARGUMENTS are those of
the entry script.

The entry script, in Node (.js, .mjs, .ts) or Python (.py), has
  init()            called once in each worker, before all else; may be left out
  run(mini_batch)   given a list of file paths, or rows of a table: a pandas DataFrame (a list of dicts
                    without pandas), in Node a list of objects; gives back rows, one a file or row

Exit codes: 0 done, 1 failed and wrote nothing, 2 wrong usage.

Example:
  RIDGELINE_STEP_DEFINITION='{"entryScript": "score.py", "appendRowTo": "scores", "inputData": "rows",
    "miniBatchSize": "100", "miniBatchErrorThreshold": 0, "errorThreshold": -1, "workers": 2,
    "retrySettings": {"maxRetries": 3, "timeoutSeconds": 60}}' \\
  ridgeline-parallel-run --input rows=diabetes.csv --output scores=scores.csv -- --model ./model
`;

export interface ParallelArguments {
  readonly inputs: ReadonlyMap<string, string>;
  readonly outputs: ReadonlyMap<string, string>;
  readonly programArguments: readonly string[];
}

/** @throws ScoringError BATCH_ARGUMENT_INVALID */
export function readArguments(words: readonly string[]): ParallelArguments | 'help' {
  const inputs = new Map<string, string>();
  const outputs = new Map<string, string>();
  for (let at = 0; at < words.length; at += 2) {
    const word = words[at];
    if (word === '--help' || word === '-h') return 'help';
    if (word === '--') return { inputs, outputs, programArguments: words.slice(at + 1) };
    if (word !== '--input' && word !== '--output') {
      throw invalid(`unknown argument '${word}'; expected --input, --output or --`);
    }
    const [name, path] = namedPath(word, words[at + 1]);
    (word === '--input' ? inputs : outputs).set(name, path);
  }
  return { inputs, outputs, programArguments: [] };
}

function namedPath(option: string, text: string | undefined): readonly [string, string] {
  const split = text?.indexOf('=') ?? -1;
  if (text !== undefined && split > 0) return [text.slice(0, split), text.slice(split + 1)];
  throw invalid(`${option} is '${text ?? ''}'; write NAME=PATH`);
}

function invalid(message: string): ScoringError {
  return new ScoringError('BATCH_ARGUMENT_INVALID', message);
}
