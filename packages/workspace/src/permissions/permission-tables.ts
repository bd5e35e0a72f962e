// The rows of permissions: one for each person and thing.
import type { Permission } from './permission.ts';

interface Granted {
  /** Of the person. */
  readonly user_id: string;
  readonly permission: Permission;
}

export interface ExperimentPermissionsTable extends Granted {
  readonly experiment_id: number;
}

export interface ModelPermissionsTable extends Granted {
  /** Of the registered model. */
  readonly name: string;
}

export type PermissionTables = {
  readonly experiment_permissions: ExperimentPermissionsTable;
  readonly registered_model_permissions: ModelPermissionsTable;
};
