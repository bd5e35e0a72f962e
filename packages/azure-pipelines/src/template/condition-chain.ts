// Whether an `elseif` or `else` can stand in a place, and whether it can still be taken. The parts of
// a chain stand next to each other: anything between them ends it. The documentation shows no other
// form, and nothing public tells of one that the service takes.

/** `taken` when one of the conditions held, or one could not be evaluated. */
export type Chain = 'none' | 'open' | 'taken';
