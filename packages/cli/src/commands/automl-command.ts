// `ridgeline automl`: a table in, the best model that its time buys out. Needs no server.
import type { AutoMLTask, Preset } from '@ridgeline/automl';
import { Command, InvalidArgumentError, Option } from 'commander';
import type { AutoMLRequest } from '../automl/run-automl.ts';
import { printEither } from '../output/print.ts';
import { parseInteger } from './option-values.ts';

interface Options extends AutoMLRequest {
  readonly json?: boolean;
}

const tasks: readonly AutoMLTask[] = ['regression', 'classification', 'forecasting'];
const presets: readonly Preset[] = ['best', 'fast'];

const examples = `
Examples:
  ridgeline automl machine-cpu.csv --target ERP --time 60
  ridgeline automl churn.csv --target left --metric auc_weighted --positive-label yes --preset fast
  ridgeline automl sales.csv --target units --task forecasting --time-column day --series store,item --horizon 14
  ridgeline automl prices.parquet --target price --trials 20 --seed 7 --test 0.2 --output prices-model

The folder of --output holds the model in MLflow's format (model/), all trials (leaderboard.json)
and the report (report/). 'ridgeline model create' registers the model; docs/automl.md says more.`;

export function automlCommand(): Command {
  return new Command('automl')
    .description('search for the best model of a table, on this machine')
    .argument('<data>', 'the training data: CSV, Parquet, JSON Lines, or a folder of such files')
    .requiredOption('--target <column>', 'the column to predict')
    .option('--time <seconds>', 'end the search after so long; default 60', parsePositive)
    .option(
      '--trials <count>',
      'end it after so many trials: the same result each time',
      parseInteger,
    )
    .addOption(new Option('--task <task>', 'default: told from the target').choices(tasks))
    .option(
      '--metric <name>',
      'what decides, e.g. r2_score or auc_weighted; default: the task’s own',
    )
    .addOption(
      new Option('--preset <preset>', 'best: an ensemble; fast: one model that predicts quickly')
        .choices(presets)
        .default('best'),
    )
    .option('--seed <number>', 'of every random choice; default 0', parseInteger)
    .option(
      '--test <data or share>',
      'data, or a share of the rows as 0.2, kept away from the search',
    )
    .option('--validation <data>', 'judge by this data instead of by folds')
    .option(
      '--folds <count>',
      'of the cross-validation; default: by the number of rows',
      parseInteger,
    )
    .option('--allow <learners>', 'only these, divided by commas', parseNames)
    .option('--block <learners>', 'none of these, divided by commas', parseNames)
    .option('--weight <column>', 'the column of the rows’ weights')
    .option('--positive-label <class>', 'the class that binary metrics are about')
    .option('--balanced', 'give rare classes more weight')
    .option('--ignore <columns>', 'keep these columns out, divided by commas', parseNames)
    .option('--threads <count>', 'trials at once; default: one a core', parseInteger)
    .option('--max-latency <microseconds>', 'of a prediction of one row in a batch', parsePositive)
    .option('--max-model-bytes <bytes>', 'the largest model to choose', parseInteger)
    .option('--time-column <column>', 'of a forecast: the column of its times')
    .option('--series <columns>', 'of a forecast: what tells its series, by commas', parseNames)
    .option('--horizon <steps>', 'of a forecast: steps ahead; default 1', parseInteger)
    .option('--output <folder>', 'where the result goes: a new or an empty folder', 'automl-result')
    .option('--json', 'print the outcome as JSON')
    .option('--verbose', 'show where an error comes from')
    .addHelpText('after', examples)
    .action(async (data: string, options: Options) => {
      // The learners and their kernels are not for the start of every other command.
      const { runAutoML } = await import('../automl/run-automl.ts');
      const { describeOutcome, outcomeJson } = await import('../output/describe-search.ts');
      const outcome = await runAutoML(data, options);
      printEither(options.json, outcomeJson(outcome), () => describeOutcome(outcome));
    });
}

function parsePositive(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && value > 0 && Number.isFinite(value)) return value;
  throw new InvalidArgumentError(`expected a number above 0, and not '${text}'`);
}

function parseNames(text: string): readonly string[] {
  const names = text.split(',').map((name) => name.trim());
  if (names.every((name) => name !== '')) return names;
  throw new InvalidArgumentError(`expected names divided by commas, and not '${text}'`);
}
