// A service connection as every reader sees it: what is secret is only said to be there.
import { describeAssetRow } from '../asset-row.ts';
import { describePermissions } from '../pipeline-permissions.ts';
import { type StoredConnection, secretParameters } from './connection-store.ts';
import type {
  ConnectionCheck,
  ConnectionType,
  ServiceConnectionInfo,
} from './service-connection-info.ts';

export function describeConnection(connection: StoredConnection): ServiceConnectionInfo {
  const { row } = connection;
  const secrets = Object.keys(secretParameters(row)).map((name) => [name, null] as const);
  return {
    ...describeAssetRow(row),
    ...describePermissions(connection),
    id: row.connection_id,
    type: row.type as ConnectionType,
    url: row.url,
    scheme: row.scheme,
    parameters: { ...JSON.parse(row.parameters), ...Object.fromEntries(secrets) },
    data: JSON.parse(row.data),
    check: {
      status: row.check_status as ConnectionCheck['status'],
      message: row.check_message,
      checkedAt: new Date(row.checked_at).toISOString(),
    },
  };
}
