// Whether something starts a run, and why (not), as a sentence for whoever wonders.

export interface Decision {
  readonly runs: boolean;
  readonly why: string;
}

export function runs(why: string): Decision {
  return { runs: true, why };
}

export function runsNot(why: string): Decision {
  return { runs: false, why };
}
