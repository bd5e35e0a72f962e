// Ids that sort in the order in which they were made: UUIDs of version 7 (RFC 9562), where the bits
// after the time count up within a millisecond, and go on where a clock was set back.
import { randomBytes } from 'node:crypto';

/** Bits of the counter, with which it still fits beside the version. */
const counterLimit = 0x1000;

export function orderedIds(): (now: number) => string {
  let time = 0;
  let counter = 0;
  return (now) => {
    if (now > time) {
      time = now;
      counter = 0;
    } else if (++counter === counterLimit) {
      time += 1;
      counter = 0;
    }
    const hex = time.toString(16).padStart(12, '0');
    const random = randomBytes(8);
    random[0] = ((random[0] ?? 0) & 0x3f) | 0x80;
    const tail = random.toString('hex');
    const middle = `7${counter.toString(16).padStart(3, '0')}`;
    return `${hex.slice(0, 8)}-${hex.slice(8)}-${middle}-${tail.slice(0, 4)}-${tail.slice(4)}`;
  };
}
