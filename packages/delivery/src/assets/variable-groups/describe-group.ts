// A variable group as every reader sees it.
import type { GroupVariableTable } from '../../database/asset-tables.ts';
import type { StoredGroup } from './group-store.ts';
import type { GroupVariable, VariableGroup, VaultSecret } from './variable-group.ts';

export function describeGroup({ row, variables, pipelines }: StoredGroup): VariableGroup {
  return {
    name: row.name,
    description: row.description,
    variables: Object.fromEntries(variables.map((each) => [each.name, describeVariable(each)])),
    allowAllPipelines: row.allow_all_pipelines === 1,
    pipelines,
    createdBy: row.created_by,
    createdAt: new Date(row.created_at).toISOString(),
    updatedAt: new Date(row.updated_at).toISOString(),
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
