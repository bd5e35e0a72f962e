// The environment variables of the scoring process, as Azure's inference server names them.
// Owns their names, defaults and checks; the values become the options of startScoringServer.

import { ScoringError } from '../errors.ts';
import type { ScoringServerOptions } from './scoring-server-options.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Throws SCORING_SETTING_INVALID naming the variable; a key's value is never quoted. */
export function readSettings(environment: Environment): ScoringServerOptions {
  const text = (name: string) => environment[name]?.trim() || undefined;
  const whole = (name: string, range: Range) => wholeNumber(name, text(name), range);
  return {
    modelFolder: required('AZUREML_MODEL_DIR', text('AZUREML_MODEL_DIR')),
    ...defined('scriptPath', text('AZUREML_ENTRY_SCRIPT')),
    ...defined('modelName', text('RIDGELINE_MODEL_NAME')),
    ...defined('modelVersion', text('RIDGELINE_MODEL_VERSION')),
    ...defined('serviceName', text('SERVICE_NAME')),
    ...defined('servicePathPrefix', text('SERVICE_PATH_PREFIX')),
    ...defined('host', text('HOST')),
    ...defined('port', whole('PORT', { from: 0, to: 65_535 })),
    ...defined('scoringTimeoutMs', whole('SCORING_TIMEOUT_MS', { from: 1, to: 2_147_483_647 })),
    ...defined('bodyLimitBytes', whole('RIDGELINE_BODY_LIMIT_BYTES', { from: 1, to: 2 ** 30 })),
    ...defined('keys', readKeys(text('RIDGELINE_SCORING_KEYS'))),
  };
}

/** Holds secrets: taken out of the environment once read, so that a script cannot print it. */
export const secretVariables = ['RIDGELINE_SCORING_KEYS'] as const;

interface Range {
  readonly from: number;
  readonly to: number;
}

function defined<Name extends string, Value>(
  name: Name,
  value: Value | undefined,
): { readonly [key in Name]?: Value } {
  return (value === undefined ? {} : { [name]: value }) as { readonly [key in Name]?: Value };
}

function required(name: string, value: string | undefined): string {
  if (value !== undefined) return value;
  throw new ScoringError(
    'SCORING_SETTING_INVALID',
    `${name} is not set; set it to the folder of the model`,
  );
}

function wholeNumber(name: string, text: string | undefined, range: Range): number | undefined {
  if (text === undefined) return undefined;
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (value >= range.from && value <= range.to) return value;
  throw new ScoringError(
    'SCORING_SETTING_INVALID',
    `${name} is '${text}'; it must be a whole number from ${range.from} to ${range.to}`,
  );
}

// Set but naming no key is a slip that would switch the check off, so it is refused.
function readKeys(text: string | undefined): readonly string[] | undefined {
  if (text === undefined) return undefined;
  const keys = text.split(',').map((key) => key.trim());
  if (keys.every((key) => /^\S+$/.test(key))) return keys;
  throw new ScoringError(
    'SCORING_SETTING_INVALID',
    'RIDGELINE_SCORING_KEYS must be keys without spaces, separated by commas',
  );
}
