// A change that is worked out from what is there, with no lock held while it keeps secrets or asks a
// system outside. The write makes sure that all is still as it was; where it is not, the change is
// worked out anew, so that of two changes at once both stand.

class ChangedMeanwhile extends Error {}

export async function undisturbed<T>(change: () => Promise<T>): Promise<T> {
  // Another round means that another change has been made: some change always gets on.
  for (;;) {
    try {
      return await change();
    } catch (error) {
      if (!(error instanceof ChangedMeanwhile)) throw error;
    }
  }
}

/** In the transaction that writes. @param now as it is there; what it was worked out from: `earlier`. */
export function assertUndisturbed(earlier: unknown, now: unknown): void {
  if (JSON.stringify(earlier) !== JSON.stringify(now)) throw new ChangedMeanwhile();
}
