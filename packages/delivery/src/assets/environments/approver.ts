// Who may approve a deployment to an environment.
import type { ApprovalCheck } from '@ridgeline/azure-pipelines';
import { includesRole, nameKey, type Principal } from '@ridgeline/workspace';

export interface Approver {
  readonly kind: Principal['kind'];
  readonly name: string;
  readonly role: Principal['role'];
}

/** Why they may not answer; null where they may. */
export function refusalOf(
  { approvers, allowSelfApproval }: ApprovalCheck,
  { kind, name, role }: Approver,
  requestedBy: string,
): string | null {
  if (kind === 'step' || role === null) return 'a step of a job cannot approve; a person has to';
  if (!allowSelfApproval && nameKey(name) === nameKey(requestedBy))
    return `${name} has queued the build and may not approve it; somebody else has to`;
  if (approvers.length === 0)
    return includesRole(role, 'Contributor')
      ? null
      : `${name} may not approve: it needs the role Contributor, and theirs is ${role}`;
  // Names of tokens are free text, and an outside issuer names whom it likes: neither is a name here.
  const isKnownByName = kind === 'user' || kind === 'servicePrincipal';
  if (isKnownByName && approvers.some((each) => nameKey(each) === nameKey(name))) return null;
  const who = isKnownByName ? name : `${name}, a token and no signed-in person,`;
  const next = isKnownByName ? '' : "; one of them has to sign in with 'ridgeline login'";
  return `${who} is none of the approvers: ${approvers.join(', ')}${next}`;
}
