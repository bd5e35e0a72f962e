// Grid sampling: every combination of the choices, each once; the last parameter changes fastest.
import type { Distribution, LiteralValue } from '@ridgeline/azureml-yaml';

type SearchSpace = ReadonlyMap<string, Distribution>;

export function gridSize(searchSpace: SearchSpace): number {
  return [...searchSpace.values()].reduce((size, each) => size * choices(each).length, 1);
}

/** @param index from 0 up to `gridSize` */
export function gridPoint(
  searchSpace: SearchSpace,
  index: number,
): Readonly<Record<string, LiteralValue>> {
  let rest = index;
  const values = [...searchSpace].reverse().map(([name, distribution]) => {
    const values = choices(distribution);
    const value = values[rest % values.length] as LiteralValue;
    rest = Math.floor(rest / values.length);
    return [name, value] as const;
  });
  return Object.fromEntries(values.reverse());
}

function choices(distribution: Distribution): readonly LiteralValue[] {
  if (distribution.type === 'choice') return distribution.values;
  throw new Error(`grid sampling was accepted with the distribution '${distribution.type}'`);
}
