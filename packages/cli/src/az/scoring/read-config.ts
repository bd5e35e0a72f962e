// The two configuration files of Azure ML's first command line: how a model scores, and where it is
// deployed. Their keys are closed, so that a mistyped one does not pass for a default.
import { didYouMean, listNames, type PlainMapping, readSettings } from '@ridgeline/azure-pipelines';
import { AzError } from '../az-error.ts';

/** @throws AzError AZ_FILE_INVALID */
export async function readConfig(
  file: string,
  what: string,
  known: readonly string[],
): Promise<PlainMapping> {
  const settings = await readSettings(file).catch((error: unknown) => {
    throw new AzError('AZ_FILE_INVALID', `${what}: ${(error as Error).message}`, { cause: error });
  });
  const unknown = Object.keys(settings).find((key) => !known.includes(key));
  if (unknown === undefined) return settings;
  const message = `${file} has '${unknown.slice(0, 60)}', which no ${what} has.${didYouMean(unknown, known)} Known are ${listNames(known)}`;
  throw new AzError('AZ_FILE_INVALID', message);
}

/** Undefined where it stands empty, as these files have it. */
export function textOf(settings: PlainMapping, key: string, file: string): string | undefined {
  const value = settings[key] ?? '';
  if (typeof value === 'string') return value === '' ? undefined : value;
  throw new AzError('AZ_FILE_INVALID', `${file}: '${key}' is no text`);
}
