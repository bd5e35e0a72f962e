/** A cycle of a directed graph as the list of its nodes, the first one repeated last; null without one. */
export function findCycle(
  edges: ReadonlyArray<readonly [string, string]>,
): readonly string[] | null {
  const next = Map.groupBy(edges, ([from]) => from);
  const finished = new Set<string>();

  const visit = (node: string, trail: readonly string[]): readonly string[] | null => {
    if (trail.includes(node)) return [...trail.slice(trail.indexOf(node)), node];
    if (finished.has(node)) return null;
    for (const [, to] of next.get(node) ?? []) {
      const cycle = visit(to, [...trail, node]);
      if (cycle) return cycle;
    }
    finished.add(node);
    return null;
  };

  for (const node of next.keys()) {
    const cycle = visit(node, []);
    if (cycle) return cycle;
  }
  return null;
}
