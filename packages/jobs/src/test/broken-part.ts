// A workspace of which one method fails, as on a disk that is full or gone.
import type { Workspace } from '@ridgeline/workspace';

/**
 * @param isBroken asked at each call
 * @param code of the system, that the error is to have
 */
export function withBrokenMethod<Part extends keyof Workspace>(
  workspace: Workspace,
  part: Part,
  method: keyof Workspace[Part],
  isBroken: () => boolean,
  code?: string,
): Workspace {
  const broken = new Proxy(workspace[part] as object, {
    get(target, property) {
      // Of the part itself, as private fields are known to it alone.
      const value: unknown = Reflect.get(target, property, target);
      if (typeof value !== 'function') return value;
      return (...args: unknown[]) => {
        if (property === method && isBroken()) {
          throw Object.assign(new Error('the disk is full'), code !== undefined && { code });
        }
        return Reflect.apply(value, target, args);
      };
    },
  });
  return { ...workspace, [part]: broken };
}
