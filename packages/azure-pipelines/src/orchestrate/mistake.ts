// What the pipeline itself got wrong, found only as it runs: the job or stage then fails with it.

import { formatPlace } from '../diagnostic/diagnostic.ts';
import type { Origin } from '../text/origin.ts';

export class Mistake extends Error {
  constructor(message: string, origin: Origin) {
    super(`${formatPlace(origin)}: ${message}`);
    this.name = 'Mistake';
  }
}
