// A variable group in a file: NAME: value, where a secret is `NAME: { value: …, isSecret: true }`
// as the REST API of variable groups has it; or a dotenv file, whose values are all secrets.
import { parseDotenv } from './dotenv.ts';
import type { Plain } from './node-to-plain.ts';
import { invalid, isMapping, readSettings, readText } from './read-settings.ts';

export interface GroupVariable {
  readonly value: string;
  readonly secret: boolean;
}

export type VariableGroup = ReadonlyMap<string, GroupVariable>;

/** @throws LocalRunError FILE_NOT_FOUND, SETTINGS_INVALID */
export async function readVariableGroup(file: string): Promise<VariableGroup> {
  if (/\.env[^/\\]*$/.test(file)) return secretsOf(parseDotenv(await readText(file), file));
  const settings = await readSettings(file);
  // The answer of the REST API and of `az pipelines variable-group show` holds them one level down.
  const { variables } = settings;
  const entries = Object.entries(isMapping(variables) ? variables : settings);
  return new Map(entries.map(([name, value]) => [name, readVariable(value, name, file)]));
}

export function secretsOf(values: ReadonlyMap<string, string>): VariableGroup {
  return new Map([...values].map(([name, value]) => [name, { value, secret: true }]));
}

function readVariable(value: Plain, name: string, file: string): GroupVariable {
  if (value === null) return { value: '', secret: false };
  if (typeof value === 'string') return { value, secret: false };
  if (!isMapping(value)) throw invalid(file, `'${name}' is a list; expected a value`);
  const { value: text, isSecret } = value;
  if (text !== null && typeof text !== 'string' && text !== undefined)
    throw invalid(file, `'${name}' has a value that is no text`);
  return { value: text ?? '', secret: /^true$/i.test(String(isSecret ?? '')) };
}
