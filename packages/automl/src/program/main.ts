// The command ridgeline-automl: its words, its exit codes, and what ends it early.
import { readFile } from 'node:fs/promises';
import { AutoMLError } from '../errors.ts';
import { type ProgramArguments, readArguments, usage } from './arguments.ts';
import { type AutoMLDefinition, readDefinition } from './definition.ts';
import { describeError } from './describe-error.ts';
import { runAutoML } from './run-automl.ts';
import { runForecast } from './run-forecast.ts';

process.exitCode = await main(process.argv.slice(2));

async function main(words: readonly string[]): Promise<number> {
  let parsed: ProgramArguments | 'help';
  try {
    parsed = readArguments(words);
  } catch (error) {
    process.stderr.write(`${describeError(error)}\n\n${usage}`);
    return 2;
  }
  if (parsed === 'help') {
    process.stdout.write(usage);
    return 0;
  }
  return await run(parsed);
}

async function run({ definitionFile, inputs, outputs }: ProgramArguments): Promise<number> {
  const signal = cancelBySignal();
  const print = (line: string) => void process.stdout.write(`${line}\n`);
  try {
    const definition = await readDefinitionFile(definitionFile);
    const around = { print, signal, environment: process.env };
    const run = definition.task === 'forecasting' ? runForecast : runAutoML;
    await run({ definition, inputs, outputs }, around);
    return 0;
  } catch (error) {
    process.stderr.write(`${describeError(error)}\n`);
    return 1;
  }
}

async function readDefinitionFile(file: string): Promise<AutoMLDefinition> {
  const text = await readFile(file, 'utf8').catch((cause) => {
    const message = `the definition '${file}' cannot be read: ${cause.code ?? cause.message}`;
    throw new AutoMLError('DEFINITION_INVALID', message, { cause });
  });
  return readDefinition(text);
}

function cancelBySignal(): AbortSignal {
  const controller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => controller.abort());
  return controller.signal;
}
