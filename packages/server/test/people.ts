// People of a test's workspace, each with a token of their own.
import type { Role, Workspace } from '@ridgeline/workspace';

export interface Person {
  readonly id: string;
  readonly name: string;
  readonly token: string;
}

let count = 0;

/** @param tokenRole default: that of the person. */
export async function newPerson(
  { identity: { users, tokens } }: Workspace,
  role: Role,
  tokenRole: Role = role,
): Promise<Person> {
  count += 1;
  const { id, name } = await users.create({ name: `person-${count}@example.com`, role });
  const { token } = await tokens.create({
    ...{ name: 'test', owner: { kind: 'user', id }, atMost: [role, tokenRole], madeBy: 'test' },
  });
  return { id, name, token };
}
