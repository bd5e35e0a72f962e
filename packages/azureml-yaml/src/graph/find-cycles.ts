// Cycles among steps, each found once, with the edge that closes it.
import type { Edge } from '../convert/pipeline-scope.ts';

export interface Cycle {
  /** In the order in which each waits for the next; the first is not repeated at the end. */
  readonly steps: readonly string[];
  readonly closedBy: Edge;
}

/** More cycles than these are of one making. */
const maxCycles = 10;

/** Depth-first over the edges with a stack of its own: a chain of steps may be longer than the
 * call stack. An edge back to a step on the path closes a cycle. */
export function findCycles(steps: Iterable<string>, edges: readonly Edge[]): Cycle[] {
  const edgesFrom = Map.groupBy(edges, (edge) => edge.from);
  const cycles: Cycle[] = [];
  const done = new Set<string>();
  for (const start of steps) {
    if (done.has(start)) continue;
    const path = [{ step: start, next: 0 }];
    const onPath = new Map([[start, 0]]);
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const edge = edgesFrom.get(top.step)?.[top.next];
      top.next += 1;
      if (edge === undefined) {
        done.add(top.step);
        onPath.delete(top.step);
        path.pop();
        continue;
      }
      const at = onPath.get(edge.to);
      if (at !== undefined) {
        cycles.push({ steps: path.slice(at).map(({ step }) => step), closedBy: edge });
        if (cycles.length === maxCycles) return cycles;
      } else if (!done.has(edge.to)) {
        onPath.set(edge.to, path.length);
        path.push({ step: edge.to, next: 0 });
      }
    }
  }
  return cycles;
}
