// The shapes of permissions on single experiments and registered models.

/** From the least to the most. */
export type Permission = 'NO_PERMISSIONS' | 'READ' | 'USE' | 'EDIT' | 'MANAGE';

export interface PermissionGrant {
  readonly user: { readonly id: string; readonly name: string };
  readonly thing:
    | { readonly kind: 'experiment'; readonly id: string; readonly name: string }
    | { readonly kind: 'model'; readonly name: string };
  readonly permission: Permission;
}
