// `--model NAME:VERSION`.

import { AzError } from '../az-error.ts';
import type { Flags } from '../grammar/parse-flags.ts';

export interface ModelId {
  readonly name: string;
  readonly version: string;
}

/** @throws AzError AZ_USAGE */
export function readModelId(flags: Flags): ModelId {
  const given = flags.all('model');
  const [text = ''] = given;
  if (given.length > 1) {
    const message = `--model names ${given.length} models; an endpoint here serves one`;
    throw new AzError('AZ_USAGE', message);
  }
  const match = /^(.+):(\d+)$/.exec(text);
  if (match?.[1] !== undefined && match[2] !== undefined)
    return { name: match[1], version: match[2] };
  const message = `--model is '${text.slice(0, 100)}'; expected NAME:VERSION, such as prices:3. Is the variable that holds the version empty?`;
  throw new AzError('AZ_USAGE', message);
}
