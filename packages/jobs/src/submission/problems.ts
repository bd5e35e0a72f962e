// Collects what is wrong with a submission, so that its sender learns of all of it at once.
import { RidgelineError } from '@ridgeline/workspace';
import { JobError } from '../errors.ts';

type Refusal = JobError | RidgelineError;

/** A submission can be wrong in very many places. */
const maxTold = 50;

export class Problems {
  readonly #found: Refusal[] = [];

  /** What the check gives; undefined where it refuses, which is then one of the problems. */
  async of<T>(check: () => T | Promise<T>): Promise<T | undefined> {
    try {
      return await check();
    } catch (error) {
      if (!isRefused(error)) throw error;
      const isKnown = this.#found.some(({ message }) => message === error.message);
      if (!isKnown) this.#found.push(error);
      return undefined;
    }
  }

  /**
   * @throws JobError, RidgelineError the problem itself where there is one; where there are more,
   *   JOB_DEFINITION_INVALID with all of them, or their own code where all have the same
   */
  throwIfAny(): void {
    const [first, ...others] = this.#found;
    if (first === undefined) return;
    if (others.length === 0) throw first;
    const lines = this.#found.slice(0, maxTold).map(({ message }) => message);
    const more = this.#found.length - lines.length;
    if (more > 0) lines.push(`… and ${more} more`);
    const isOfOneKind =
      first instanceof JobError && others.every(({ code }) => code === first.code);
    throw new JobError(isOfOneKind ? first.code : 'JOB_DEFINITION_INVALID', lines.join('\n'));
  }
}

function isRefused(error: unknown): error is Refusal {
  if (error instanceof JobError) return true;
  return error instanceof RidgelineError && error.status < 500;
}
