// A workspace whose database is away for a while: nothing can be written then.
import { RidgelineError, type Workspace } from '@ridgeline/workspace';

/** @param isAway asked at each write */
export function withLostDatabase(workspace: Workspace, isAway: () => boolean): Workspace {
  const database = new Proxy(workspace.database, {
    get(target, property) {
      // Of the database itself, as private fields are known to it alone.
      const value: unknown = Reflect.get(target, property, target);
      if (typeof value !== 'function') return value;
      return async (...args: unknown[]) => {
        if (property === 'write' && isAway()) {
          throw new RidgelineError('DATABASE_UNREACHABLE', 'the database is away');
        }
        return Reflect.apply(value, target, args);
      };
    },
  });
  return { ...workspace, database };
}
