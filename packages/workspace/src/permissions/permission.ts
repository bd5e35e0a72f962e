// What a person may do with one experiment or one registered model: MLflow's levels, what each of
// them lets one do, and what a role comes to where a person has no level of their own.
import { checkOneOf } from '../checks/check-text.ts';
import type { Role } from '../identity/role.ts';

/** From the least to the most. */
export const permissions = ['NO_PERMISSIONS', 'READ', 'USE', 'EDIT', 'MANAGE'] as const;

export type Permission = (typeof permissions)[number];

/** What may be done with a thing: `use` is to deploy a model, `manage` to say who else may what. */
export type Right = 'read' | 'use' | 'update' | 'delete' | 'manage';

const rightsOf: Readonly<Record<Permission, readonly Right[]>> = {
  NO_PERMISSIONS: [],
  READ: ['read'],
  USE: ['read', 'use'],
  EDIT: ['read', 'use', 'update'],
  MANAGE: ['read', 'use', 'update', 'delete', 'manage'],
};

// A contributor has always been able to delete what they may edit; who else may what, owners say.
const rightsOfRole: Readonly<Record<Role, readonly Right[]>> = {
  Reader: ['read'],
  Contributor: ['read', 'use', 'update', 'delete'],
  Owner: rightsOf.MANAGE,
};

const permissionOfRole = {
  Reader: 'READ',
  Contributor: 'EDIT',
  Owner: 'MANAGE',
} as const satisfies Readonly<Record<Role, Permission>>;

export function permissionAllows(permission: Permission, right: Right): boolean {
  return rightsOf[permission].includes(right);
}

export function roleAllows(role: Role, right: Right): boolean {
  return rightsOfRole[role].includes(right);
}

/** The level that a role is worth on everything. */
export function roleAsPermission(role: Role): Permission {
  return permissionOfRole[role];
}

export function isLowerThanRole(permission: Permission, role: Role): boolean {
  return permissions.indexOf(permission) < permissions.indexOf(permissionOfRole[role]);
}

/** @throws RidgelineError INVALID_PARAMETER_VALUE */
export function checkPermission(value: unknown): Permission {
  return checkOneOf('permission', value, permissions);
}
