// A service connection as every reader sees it: what is secret is only said to be there.
import { type StoredConnection, secretParameters } from './connection-store.ts';
import type {
  ConnectionCheck,
  ConnectionType,
  ServiceConnectionInfo,
} from './service-connection-info.ts';

export function describeConnection({ row, pipelines }: StoredConnection): ServiceConnectionInfo {
  const secrets = Object.keys(secretParameters(row)).map((name) => [name, null] as const);
  return {
    id: row.connection_id,
    name: row.name,
    type: row.type as ConnectionType,
    description: row.description,
    url: row.url,
    scheme: row.scheme,
    parameters: { ...JSON.parse(row.parameters), ...Object.fromEntries(secrets) },
    data: JSON.parse(row.data),
    allowAllPipelines: row.allow_all_pipelines === 1,
    pipelines,
    check: {
      status: row.check_status as ConnectionCheck['status'],
      message: row.check_message,
      checkedAt: new Date(row.checked_at).toISOString(),
    },
    createdBy: row.created_by,
    createdAt: new Date(row.created_at).toISOString(),
    updatedAt: new Date(row.updated_at).toISOString(),
  };
}
