// Loads a user's scoring script (`score.ts`) and checks its contract before it serves anything:
// `inputSchema`, `outputSchema`, `run(data, requestHeaders)` and an optional `init()`.

import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { errorMessage, ScoringError, type ScoringErrorCode } from '../errors.ts';
import { compileSchema, isJsonSchema, type JsonSchema } from './json-schema.ts';
import type { ScoringHandler } from './scoring-handler.ts';

/** Imports the script and awaits its `init()`; `scriptPath` may be relative to the process. */
export async function loadScriptHandler(scriptPath: string): Promise<ScoringHandler> {
  const path = resolve(scriptPath);
  const script = await importScript(path);
  const run = requireRun(script, path);
  const inputSchema = requireSchema(script, 'inputSchema', path);
  const outputSchema = requireSchema(script, 'outputSchema', path);
  const checkInput = compileSchema(inputSchema, `inputSchema of ${path}`, 'the body');
  const checkOutput = compileSchema(outputSchema, `outputSchema of ${path}`, 'the answer');
  await initialise(script, path);
  return { inputSchema, outputSchema, checkInput, checkOutput, run };
}

type Script = Readonly<Record<string, unknown>>;

async function importScript(path: string): Promise<Script> {
  const found = await stat(path).catch(() => null);
  if (!found?.isFile()) {
    throw new ScoringError('SCORING_SCRIPT_NOT_FOUND', `scoring script ${path} does not exist`);
  }
  try {
    return await import(pathToFileURL(path).href);
  } catch (error) {
    throw failure('SCORING_SCRIPT_IMPORT_FAILED', path, 'could not be imported', error);
  }
}

function requireRun(script: Script, path: string): ScoringHandler['run'] {
  const { run } = script;
  if (typeof run === 'function') return (data, headers) => run(data, headers);
  throw new ScoringError(
    'SCORING_SCRIPT_RUN_MISSING',
    `scoring script ${path} does not export a function 'run'; ` +
      'add: export function run(data, requestHeaders) { return { result: […] }; }',
  );
}

function requireSchema(
  script: Script,
  name: 'inputSchema' | 'outputSchema',
  path: string,
): JsonSchema {
  const schema = script[name];
  if (isJsonSchema(schema)) return schema;
  const whole = name === 'inputSchema' ? 'request body' : 'answer';
  const found =
    schema === undefined ? 'does not export' : 'exports something else than an object as';
  throw new ScoringError(
    'SCORING_SCRIPT_SCHEMA_MISSING',
    `scoring script ${path} ${found} '${name}', the JSON Schema of the whole ${whole}`,
  );
}

async function initialise(script: Script, path: string): Promise<void> {
  const { init } = script;
  if (init === undefined) return;
  if (typeof init !== 'function') {
    throw new ScoringError(
      'SCORING_SCRIPT_INIT_INVALID',
      `scoring script ${path} exports 'init' as ${typeof init}; it must be a function or be left out`,
    );
  }
  try {
    await init();
  } catch (error) {
    throw failure('SCORING_SCRIPT_INIT_FAILED', path, 'failed in init()', error);
  }
}

function failure(code: ScoringErrorCode, path: string, what: string, cause: unknown): ScoringError {
  const message = `scoring script ${path} ${what}: ${errorMessage(cause)}`;
  return new ScoringError(code, message, { cause });
}
