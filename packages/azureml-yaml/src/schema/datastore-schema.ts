// Datastores: Azure's, and a folder of the machine.

import { labelled } from './asset-schemas.ts';
import { string } from './common-schemas.ts';
import type { ObjectSchema, Schema, VariantSchema } from './schema-types.ts';

const credentials: Schema = {
  kind: 'names',
  of: 'credential',
  rule: 'any',
  values: { kind: 'text', secret: true },
  mayBeEmpty: true,
};

function datastore(
  title: string,
  required: readonly string[],
  keys: Readonly<Record<string, Schema>>,
): ObjectSchema {
  const own = { type: string, ...keys };
  return { kind: 'object', title, required: ['name', ...required], keys: { ...labelled, ...own } };
}

const account = { account_name: string, endpoint: string, protocol: string, credentials } as const;

export const datastoreSchema: VariantSchema = {
  kind: 'variant',
  title: 'a datastore',
  key: 'type',
  fallback: 'azure_blob',
  variants: {
    azure_blob: datastore('a blob datastore', ['account_name', 'container_name'], {
      ...account,
      container_name: string,
    }),
    azure_file: datastore('a file share', ['account_name', 'file_share_name'], {
      ...account,
      file_share_name: string,
    }),
    azure_data_lake_gen2: datastore('a Data Lake Gen2', ['account_name', 'filesystem'], {
      ...account,
      filesystem: string,
    }),
    azure_data_lake_gen1: datastore('a Data Lake Gen1', ['store_name'], {
      store_name: string,
      credentials,
    }),
    local: datastore('a local datastore', ['path'], { path: string }),
  },
  notBuilt: { one_lake: 'OneLake', hdfs: 'Hadoop file systems' },
};
