// The script that an endpoint here can run for the one that is asked for. Endpoints run TypeScript and
// JavaScript; for a script in Python its twin in one of them, beside it.
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { AzError } from '../az-error.ts';
import type { InferenceConfig } from './inference-config.ts';

const served = ['.ts', '.mts', '.js', '.mjs'] as const;

/** Undefined: the model scores by itself. @throws AzError AZ_FILE_INVALID, AZ_SCRIPT_NOT_SERVED */
export async function servedScript(
  { folder, script }: Pick<InferenceConfig, 'folder' | 'script'>,
  note: (text: string) => void,
): Promise<string | undefined> {
  if (script === undefined) {
    note('no entry script is named: the model scores by itself');
    return undefined;
  }
  const { dir, name, ext } = path.posix.parse(script);
  if (served.some((ending) => ending === ext)) {
    if (await isFile(path.join(folder, script))) return script;
    throw new AzError(
      'AZ_FILE_INVALID',
      `the entry script ${path.join(folder, script)} is no file`,
    );
  }
  for (const ending of served) {
    const twin = path.posix.join(dir, name + ending);
    if (!(await isFile(path.join(folder, twin)))) continue;
    note(`${script} is served by ${twin}, which stands beside it: endpoints here run no Python`);
    return twin;
  }
  throw notServed(path.join(folder, script), name);
}

function notServed(script: string, name: string): AzError {
  const next = `write ${name}.ts beside it (export init(), run(data, requestHeaders), inputSchema and outputSchema), or leave the entry script out, so that the model scores by itself`;
  return new AzError(
    'AZ_SCRIPT_NOT_SERVED',
    `${script} cannot be served here: endpoints run TypeScript and JavaScript; ${next}`,
  );
}

async function isFile(file: string): Promise<boolean> {
  return stat(file).then(
    (info) => info.isFile(),
    () => false,
  );
}
