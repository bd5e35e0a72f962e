// A data asset.
import { notBuilt, prose, string, textMap } from './common-schemas.ts';
import type { ObjectSchema } from './schema-types.ts';

export const dataAssetSchema: ObjectSchema = {
  kind: 'object',
  title: 'a data asset',
  required: ['name', 'path'],
  keys: {
    $schema: string,
    name: string,
    version: { kind: 'text' },
    type: { kind: 'string', allowed: ['uri_file', 'uri_folder', 'mltable'] },
    path: string,
    description: prose,
    tags: textMap,
    properties: textMap,
    auto_delete_setting: notBuilt('automatic deletion'),
    stage: notBuilt('stages'),
    datastore: notBuilt('choosing a datastore for uploads'),
  },
};
