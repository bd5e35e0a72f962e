// What a change makes of a variable group, checked as a whole. New secrets in it are still in clear.
import { RidgelineError, type Secrets, userSecretName } from '@ridgeline/workspace';
import type { VariableGroupTable } from '../../database/asset-tables.ts';
import { groupKind } from '../asset-kind.ts';
import { changedAssetRow, checkAssetRow } from '../asset-row.ts';
import { Mistakes } from '../mistakes.ts';
import { changedPermissions, checkPermissions } from '../pipeline-permissions.ts';
import type { StoredGroup } from './group-store.ts';
import { contentOf, type WantedVariable, wantedVariables } from './variable-changes.ts';
import type { VariableGroupChanges } from './variable-group.ts';
import { checkVariableRules } from './variable-rules.ts';

export interface WantedGroup {
  readonly row: Readonly<VariableGroupTable>;
  readonly variables: readonly WantedVariable[];
  readonly pipelines: readonly string[];
}

/** @throws DeliveryError VARIABLE_GROUP_INVALID with every mistake */
export async function changedGroup(
  earlier: StoredGroup,
  changes: VariableGroupChanges,
  secrets: Secrets,
  now: number,
): Promise<WantedGroup> {
  const { pipelines, ...permissions } = changedPermissions(earlier, changes);
  const row = { ...changedAssetRow(earlier.row, changes, now), ...permissions };
  const mistakes = new Mistakes();
  checkAssetRow(mistakes, groupKind, row);
  checkPermissions(mistakes, changes);
  const contents = earlier.variables.map(contentOf);
  const variables = [...wantedVariables(mistakes, contents, changes.variables ?? {}).values()];
  checkVariableRules(mistakes, row.name, plainValues(variables));
  await checkWorkspaceSecrets(mistakes, variables, secrets);
  mistakes.throwIfAny(groupKind.invalid);
  return { row, variables, pipelines };
}

function plainValues(variables: readonly WantedVariable[]): ReadonlyMap<string, string> {
  const plain = variables.flatMap(({ content: { name, value } }) =>
    value === null ? [] : [[name, value] as const],
  );
  return new Map(plain);
}

async function checkWorkspaceSecrets(
  mistakes: Mistakes,
  wanted: readonly WantedVariable[],
  secrets: Secrets,
): Promise<void> {
  for (const { content } of wanted) {
    if (content.workspace_secret === null) continue;
    try {
      await secrets.get(userSecretName(content.workspace_secret));
    } catch (error) {
      if (!(error instanceof RidgelineError) || error.status >= 500) throw error;
      const name = content.workspace_secret;
      mistakes.add(
        `the variable '${content.name}' names the workspace's secret '${name}', which is not there; set it with 'ridgeline secret set'`,
      );
    }
  }
}
