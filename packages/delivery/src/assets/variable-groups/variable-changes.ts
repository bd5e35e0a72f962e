// What a change makes of the variables of a group. It knows rows and what was asked for; secrets are
// put into the store by whoever it asks to.
import { didYouMean, shorten } from '@ridgeline/azure-pipelines';
import type { GroupVariableTable } from '../../database/asset-tables.ts';
import { assetLimits, checkName, checkValue, keyOf } from '../check-words.ts';
import type { Mistakes } from '../mistakes.ts';
import type { GroupVariableSpec, VaultSecret } from './variable-group.ts';

/** A row without its group and place. */
export type VariableContent = Pick<
  GroupVariableTable,
  'name' | 'value' | 'secret_name' | 'workspace_secret' | 'vault_secret'
>;

/** A variable as it is to be; a new secret is still in clear. */
export interface WantedVariable {
  readonly content: VariableContent;
  /** To be put into the store, under a name that goes into the row. */
  readonly newSecret?: string;
}

type Specs = Readonly<Record<string, GroupVariableSpec | null>>;

/** By key: those that are not named stay as they are. */
export function wantedVariables(
  mistakes: Mistakes,
  earlier: readonly VariableContent[],
  changes: Specs,
): ReadonlyMap<string, WantedVariable> {
  const wanted = new Map<string, WantedVariable>(
    earlier.map((content) => [keyOf(content.name), { content }]),
  );
  checkTwice(mistakes, Object.keys(changes));
  for (const [name, spec] of Object.entries(changes)) {
    checkVariableName(mistakes, name);
    if (spec === null) remove(mistakes, wanted, name);
    else wanted.set(keyOf(name), wantedVariable(mistakes, name, spec, wanted.get(keyOf(name))));
  }
  if (wanted.size > assetLimits.entries)
    mistakes.add(`the group has ${wanted.size} variables; at most ${assetLimits.entries} fit`);
  return wanted;
}

function remove(mistakes: Mistakes, wanted: Map<string, WantedVariable>, name: string): void {
  if (wanted.delete(keyOf(name))) return;
  const known = [...wanted.values()].map(({ content }) => content.name);
  mistakes.add(`there is no variable '${shorten(name)}' to delete.${didYouMean(name, known)}`);
}

function wantedVariable(
  mistakes: Mistakes,
  name: string,
  spec: GroupVariableSpec,
  earlier: WantedVariable | undefined,
): WantedVariable {
  const { value = null, workspaceSecret, vaultSecret } = spec;
  const sources = [value, workspaceSecret, vaultSecret].filter((each) => each != null);
  if (sources.length > 1)
    mistakes.add(
      `the variable '${shorten(name)}' has more than one of value, workspaceSecret and vaultSecret; give one`,
    );
  if (workspaceSecret !== undefined) return secretOfWorkspace(name, workspaceSecret);
  if (vaultSecret !== undefined) return secretOfVault(mistakes, name, vaultSecret);
  if (value === null) return keptVariable(mistakes, name, spec, earlier);
  checkValue(mistakes, `the variable '${shorten(name)}'`, value);
  const isSecret = spec.isSecret ?? isSecretContent(earlier?.content);
  return isSecret
    ? { content: { ...empty(name), secret_name: '' }, newSecret: value }
    : { content: { ...empty(name), value } };
}

/** A secret cannot be read to be given back, so to leave its value out means to keep it. */
function keptVariable(
  mistakes: Mistakes,
  name: string,
  { isSecret }: GroupVariableSpec,
  earlier: WantedVariable | undefined,
): WantedVariable {
  if (earlier === undefined) {
    mistakes.add(
      `the variable '${shorten(name)}' has no value; give it one, or delete it with null`,
    );
    return { content: { ...empty(name), value: '' } };
  }
  const { content } = earlier;
  const wasSecret = isSecretContent(content);
  if (wasSecret && isSecret === false)
    mistakes.add(
      `the secret variable '${shorten(name)}' is no secret any more only with a new value; give it one`,
    );
  if (!wasSecret && isSecret === true && content.value !== null)
    return { content: { ...empty(name), secret_name: '' }, newSecret: content.value };
  return { content: { ...content, name } };
}

function secretOfWorkspace(name: string, workspaceSecret: string): WantedVariable {
  return { content: { ...empty(name), workspace_secret: workspaceSecret } };
}

function secretOfVault(mistakes: Mistakes, name: string, vaultSecret: VaultSecret): WantedVariable {
  for (const [part, text] of Object.entries(vaultSecret)) {
    if (text.trim() === '') mistakes.add(`the vault secret of '${shorten(name)}' has no ${part}`);
  }
  for (const part of ['vault', 'secret'] as const) {
    const text = vaultSecret[part];
    if (!/^[A-Za-z0-9-]{0,127}$/.test(text))
      mistakes.add(
        `the ${part} '${shorten(text)}' of '${shorten(name)}' is no name; expected letters, digits and '-'`,
      );
  }
  return { content: { ...empty(name), vault_secret: JSON.stringify(vaultSecret) } };
}

function checkVariableName(mistakes: Mistakes, name: string): void {
  checkName(mistakes, 'variable', name);
  // A parenthesis would end the `$(…)` that names it.
  if (/[()]/.test(name)) mistakes.add(`the variable '${shorten(name)}' holds a parenthesis`);
}

function checkTwice(mistakes: Mistakes, names: readonly string[]): void {
  for (const [, found] of Map.groupBy(names, keyOf)) {
    if (found.length > 1)
      mistakes.add(
        `the variable ${found.map((name) => `'${shorten(name)}'`).join(' and ')} stands twice: letter case means nothing`,
      );
  }
}

export function contentOf(row: VariableContent): VariableContent {
  const { name, value, secret_name, workspace_secret, vault_secret } = row;
  return { name, value, secret_name, workspace_secret, vault_secret };
}

function empty(name: string): VariableContent {
  return { name, value: null, secret_name: null, workspace_secret: null, vault_secret: null };
}

export function isSecretContent(content: VariableContent | undefined): boolean {
  return content !== undefined && content.value === null;
}
