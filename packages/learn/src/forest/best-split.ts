// The best split of a node so far, and the rule by which a candidate replaces it. Shared by the
// statistics of both kinds of target.

import { missingBin } from './column-bins.ts';

export class BestSplit {
  score = Number.NEGATIVE_INFINITY;
  column = -1;
  bin = 0;
  nextBin = 0;
  cut = Number.NaN;
  missingLeft = false;

  clear(): void {
    this.score = Number.NEGATIVE_INFINITY;
    this.column = -1;
  }

  /** Takes the candidate if it is better; of equals the first stays. */
  offer(score: number, column: number, bin: number, nextBin: number, missingLeft: boolean): void {
    if (!(score > this.score)) return;
    this.score = score;
    this.column = column;
    this.bin = bin;
    this.nextBin = nextBin;
    this.missingLeft = missingLeft;
    this.cut = Number.NaN;
  }
}

/** A set of bins as eight words of bits, which gives them back in order without a look at the others. */
export class BinSet {
  readonly words = new Int32Array((missingBin + 1) / 32);

  add(bin: number): void {
    this.words[bin >>> 5] |= 1 << (bin & 31);
  }

  delete(bin: number): void {
    this.words[bin >>> 5] &= ~(1 << (bin & 31));
  }

  /** Removes and returns the smallest, or -1. */
  shift(): number {
    const { words } = this;
    for (let w = 0; w < words.length; w++) {
      const word = words[w];
      if (word === 0) continue;
      words[w] = word & (word - 1);
      return (w << 5) + 31 - Math.clz32(word & -word);
    }
    return -1;
  }
}
