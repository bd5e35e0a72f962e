// What no one can know before a run: thrown in a plan where a run would read it.

export class UnknownValue extends Error {
  /** As an expression would name it: `dependencies.A.outputs['s.v']`. */
  readonly what: string;

  constructor(what: string) {
    super(`${what} is known at run time only`);
    this.name = 'UnknownValue';
    this.what = what;
  }
}
