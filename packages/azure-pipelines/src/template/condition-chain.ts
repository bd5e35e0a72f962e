// Whether an `elseif` or `else` can stand in a place, and whether it can still be taken. Azure DevOps
// lets other keys and items stand between the parts of a chain, but no other directive.

export interface Chain {
  /** `taken` when one of the conditions held, or one could not be evaluated. */
  readonly state: 'none' | 'open' | 'taken';
  /** Something else stands between the last part and this place. */
  readonly isInterrupted: boolean;
}

export const noChain: Chain = { state: 'none', isInterrupted: false };
export const openChain: Chain = { state: 'open', isInterrupted: false };
export const takenChain: Chain = { state: 'taken', isInterrupted: false };

export function interrupted(chain: Chain): Chain {
  return chain.state === 'none' || chain.isInterrupted ? chain : { ...chain, isInterrupted: true };
}
