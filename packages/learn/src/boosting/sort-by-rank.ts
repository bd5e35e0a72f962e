// Sorts a few items by numbers, without allocating: it is done for every categorical feature of every
// leaf.

const gaps = [132, 57, 23, 10, 4, 1] as const;

/**
 * Puts the first `count` items in the order of their ranks, both arrays alike; items of equal rank by
 * themselves, ascending. (Shell's sort with the gaps of Ciura 2001.)
 */
export function sortByRank(items: Int32Array, ranks: Float64Array, count: number): void {
  for (const gap of gaps) {
    for (let i = gap; i < count; i++) {
      const item = items[i];
      const rank = ranks[i];
      let at = i;
      for (; at >= gap; at -= gap) {
        const before = ranks[at - gap];
        if (before < rank || (before === rank && items[at - gap] < item)) break;
        items[at] = items[at - gap];
        ranks[at] = before;
      }
      items[at] = item;
      ranks[at] = rank;
    }
  }
}
