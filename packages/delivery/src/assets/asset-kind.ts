// The kinds of assets that pipelines use by name: what each is called, where it is kept, and the codes
// of its errors.
import type { DeliveryErrorCode } from '../errors.ts';

export interface AssetKind {
  /** Such as `variable group`; the command is called so with a hyphen. */
  readonly what: string;
  readonly table:
    | 'variable_groups'
    | 'service_connections'
    | 'secure_files'
    | 'delivery_environments';
  readonly invalid: DeliveryErrorCode;
  readonly exists: DeliveryErrorCode;
  readonly notFound: DeliveryErrorCode;
}

/** One that only some pipelines may use. */
export interface PermittedKind extends AssetKind {
  readonly notPermitted: DeliveryErrorCode;
}

export const groupKind: PermittedKind = {
  what: 'variable group',
  table: 'variable_groups',
  invalid: 'VARIABLE_GROUP_INVALID',
  exists: 'VARIABLE_GROUP_EXISTS',
  notFound: 'VARIABLE_GROUP_NOT_FOUND',
  notPermitted: 'VARIABLE_GROUP_NOT_PERMITTED',
};

export const connectionKind: PermittedKind = {
  what: 'service connection',
  table: 'service_connections',
  invalid: 'SERVICE_CONNECTION_INVALID',
  exists: 'SERVICE_CONNECTION_EXISTS',
  notFound: 'SERVICE_CONNECTION_NOT_FOUND',
  notPermitted: 'SERVICE_CONNECTION_NOT_PERMITTED',
};

export const secureFileKind: PermittedKind = {
  what: 'secure file',
  table: 'secure_files',
  invalid: 'SECURE_FILE_INVALID',
  exists: 'SECURE_FILE_EXISTS',
  notFound: 'SECURE_FILE_NOT_FOUND',
  notPermitted: 'SECURE_FILE_NOT_PERMITTED',
};

export const environmentKind: AssetKind = {
  what: 'delivery environment',
  table: 'delivery_environments',
  invalid: 'DELIVERY_ENVIRONMENT_INVALID',
  exists: 'DELIVERY_ENVIRONMENT_EXISTS',
  notFound: 'DELIVERY_ENVIRONMENT_NOT_FOUND',
};

/** Such as `ridgeline variable-group`. */
export function commandOf({ what }: AssetKind): string {
  return `ridgeline ${what.replaceAll(' ', '-')}`;
}
