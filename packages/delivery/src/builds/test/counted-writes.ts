// A workspace's database that counts what is written, and kills its process before one of the writes.
import type { Workspace } from '@ridgeline/workspace';

export class CountedWrites {
  readonly database: Workspace['database'];
  #count = 0;

  constructor(database: Workspace['database'], crashPoint: number) {
    this.database = new Proxy(database, {
      get: (target, name) => {
        if (name === 'write') {
          this.#count += 1;
          if (this.#count >= crashPoint) process.kill(process.pid, 'SIGKILL');
        }
        const value: unknown = Reflect.get(target, name, target);
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
  }

  get count(): number {
    return this.#count;
  }
}
