// A variable group as every reader sees it.
import type { GroupVariableTable } from '../../database/asset-tables.ts';
import { describeAssetRow } from '../asset-row.ts';
import { describePermissions } from '../pipeline-permissions.ts';
import type { StoredGroup } from './group-store.ts';
import type { GroupVariable, VariableGroup, VaultSecret } from './variable-group.ts';

export function describeGroup(group: StoredGroup): VariableGroup {
  const variables = group.variables.map((each) => [each.name, describeVariable(each)] as const);
  return {
    ...describeAssetRow(group.row),
    ...describePermissions(group),
    variables: Object.fromEntries(variables),
  };
}

function describeVariable(row: Readonly<GroupVariableTable>): GroupVariable {
  return {
    value: row.value,
    isSecret: row.value === null,
    workspaceSecret: row.workspace_secret,
    vaultSecret: vaultSecretOf(row),
  };
}

export function vaultSecretOf({ vault_secret }: Pick<GroupVariableTable, 'vault_secret'>) {
  return vault_secret === null ? null : (JSON.parse(vault_secret) as VaultSecret);
}
