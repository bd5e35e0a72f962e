// The roles of a workspace, in their order: who has one has all below it.

/** From the least to the most. */
export const roles = ['Reader', 'Contributor', 'Owner'] as const;

export type Role = (typeof roles)[number];

/** Whether `role` is enough where `needed` is asked for. */
export function includesRole(role: Role, needed: Role): boolean {
  return roles.indexOf(role) >= roles.indexOf(needed);
}

export function lesserRole(one: Role, other: Role): Role {
  return includesRole(one, other) ? other : one;
}
