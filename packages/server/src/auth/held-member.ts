// Whose permissions a request is held to: of the person who asks, or who has submitted the job whose
// step asks. Null where none can be: owners may always all, and only people have permissions.
import type { Member, Principal } from '@ridgeline/workspace';

export function heldMember(principal: Principal | null): Member | null {
  const member = principal?.kind === 'step' ? principal.actsFor : principal;
  return member?.kind === 'user' && member.role !== 'Owner' ? member : null;
}
