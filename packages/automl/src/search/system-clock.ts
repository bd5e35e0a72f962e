// The clock of the machine, as the search's port wants it.
import type { Clock } from './search-types.ts';

export const systemClock: Clock = {
  now: () => Date.now(),
  after: (milliseconds, callback) => {
    const timer = setTimeout(callback, milliseconds);
    // The workers keep the process while there is work; a timer alone is no reason to stay.
    timer.unref();
    return () => clearTimeout(timer);
  },
};
