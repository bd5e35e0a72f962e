// The inference configuration: which script scores, and where its code is.
import path from 'node:path';
import { AzError } from '../az-error.ts';
import type { Flags } from '../grammar/parse-flags.ts';
import { readConfig, textOf } from './read-config.ts';

export interface InferenceConfig {
  /** The folder of the code, absolute. */
  readonly folder: string;
  /** Its path in there; undefined lets the model score by itself. */
  readonly script: string | undefined;
  /** What it says besides, which has no effect here. */
  readonly ignored: readonly string[];
}

const known = [
  'entryScript',
  'sourceDirectory',
  'runtime',
  'condaFile',
  'extraDockerfileSteps',
  'schemaFile',
  'enableGpu',
  'cudaVersion',
  'baseImage',
  'baseImageRegistry',
  'description',
  'environment',
  'dependencies',
] as const;

/** From `--ic`, with the flags that say the same before it. @throws AzError */
export async function inferenceConfig(flags: Flags): Promise<InferenceConfig> {
  const file = flags.one('inference-config-file');
  const fromFile = file === undefined ? {} : await readInferenceConfig(file);
  const script = flags.one('entry-script');
  const source = flags.one('source-directory');
  const here = {
    ...fromFile,
    ...(script && { script: path.resolve(script) }),
    ...(source && { source: path.resolve(source) }),
  };
  return { ...placed(here), ignored: ignoredOf(fromFile, flags) };
}

interface Places {
  /** Both absolute. */
  readonly script?: string;
  readonly source?: string;
  readonly ignored?: readonly string[];
}

/** Its paths are meant from the folder where the file is. */
async function readInferenceConfig(file: string): Promise<Places> {
  const settings = await readConfig(file, 'inference configuration', known);
  const folder = path.dirname(path.resolve(file));
  const directory = textOf(settings, 'sourceDirectory', file);
  const source = directory === undefined ? undefined : path.resolve(folder, directory);
  const script = textOf(settings, 'entryScript', file);
  const others = known.slice(2).filter((key) => !isUnset(settings[key]));
  return {
    ...(source && { source }),
    ...(script && { script: path.resolve(source ?? folder, script) }),
    ignored: others.filter((key) => key !== 'description'),
  };
}

function isUnset(value: unknown): boolean {
  return value === undefined || value === null || /^(|false)$/i.test(String(value));
}

/** Without a folder of its own, the script's. */
function placed({ script, source }: Places): Pick<InferenceConfig, 'folder' | 'script'> {
  const folder = source ?? (script === undefined ? process.cwd() : path.dirname(script));
  if (script === undefined) return { folder, script: undefined };
  const inFolder = path.relative(folder, script).replaceAll(path.sep, '/');
  if (!inFolder.startsWith('../') && !path.isAbsolute(inFolder))
    return { folder, script: inFolder };
  throw new AzError('AZ_FILE_INVALID', `the entry script ${script} is not in its folder ${folder}`);
}

function ignoredOf({ ignored = [] }: Places, flags: Flags): readonly string[] {
  const byFlag = ['conda-file', 'runtime'].filter((name) => flags.has(name));
  return [...ignored, ...byFlag.map((name) => `--${name}`)];
}
