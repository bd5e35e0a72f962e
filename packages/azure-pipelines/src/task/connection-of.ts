// The service connection that an input names, or a failure that says so.

import type { ServiceConnection } from './service-connection.ts';
import type { TaskInputs } from './task.ts';
import { TaskFailure } from './task-outcome.ts';

interface Connected extends Pick<TaskInputs, 'requiredInput'> {
  readonly host: { serviceConnection(name: string): Promise<ServiceConnection | undefined> };
}

export async function connectionOf(context: Connected, input: string): Promise<ServiceConnection> {
  const name = context.requiredInput(input);
  const found = await context.host.serviceConnection(name);
  if (found !== undefined) return found;
  const macro = /^\$\((.+)\)$/.exec(name)?.[1];
  const next =
    macro === undefined
      ? 'Describe it for this run (--connections), or correct the name.'
      : `The variable '${macro}' has no value; is its variable group linked?`;
  throw new TaskFailure(`There is no service connection '${name}'. ${next}`);
}
