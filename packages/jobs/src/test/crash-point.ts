// Kills this very process, as SIGKILL does, right before the nth thing that an engine asks of its
// surroundings: between any two of them, a server may die.
import type { Workspace } from '@ridgeline/workspace';

export interface Surroundings {
  readonly workspace: Workspace;
  readonly now: () => number;
}

/** The same surroundings, which count what they are asked for. */
export function withCrashPoint({ workspace, now }: Surroundings, n: number): Surroundings {
  let asked = 0;
  const count = () => {
    asked += 1;
    if (asked >= n) process.kill(process.pid, 'SIGKILL');
  };
  const parts = Object.entries(workspace).map(([name, part]) => {
    return [name, typeof part === 'object' ? counted(part, count) : part] as const;
  });
  return {
    workspace: Object.fromEntries(parts) as unknown as Workspace,
    now: () => {
      count();
      return now();
    },
  };
}

function counted(part: object, count: () => void): object {
  return new Proxy(part, {
    get(target, property) {
      // Of the part itself, as private fields are known to it alone.
      const value: unknown = Reflect.get(target, property, target);
      if (typeof value !== 'function') return value;
      return (...args: unknown[]) => {
        count();
        return Reflect.apply(value, target, args);
      };
    },
  });
}
