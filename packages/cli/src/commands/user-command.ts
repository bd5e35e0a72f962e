// `ridgeline user`: the people of a workspace.
import type { Role, User } from '@ridgeline/client';
import { Command } from 'commander';
import { type CommonOptions, withConnection } from '../connection/common-options.ts';
import { connect } from '../connection/connect.ts';
import { printEither, printNote } from '../output/print.ts';
import { formatFields, formatTable, formatTime } from '../output/table.ts';
import { roleOption } from './identity-options.ts';

interface CreateOptions extends CommonOptions {
  readonly role: Role;
  readonly displayName?: string;
}

export function userCommand(): Command {
  return new Command('user')
    .description('the people of a workspace, and their roles (for owners)')
    .addCommand(createCommand())
    .addCommand(listCommand())
    .addCommand(showCommand())
    .addCommand(updateCommand())
    .addCommand(inviteCommand())
    .addCommand(deleteCommand());
}

function createCommand(): Command {
  return withConnection(new Command('create'))
    .description('add a person, and print a link by which they set a password')
    .argument('<name>', 'such as an address of mail')
    .addOption(roleOption('what they may do').makeOptionMandatory())
    .option('--display-name <name>', 'how they are shown')
    .addHelpText(
      'after',
      '\nExample:\n  ridgeline user create alice@example.com --role Contributor',
    )
    .action(async (name: string, options: CreateOptions) => {
      const { users } = await connect(options);
      const { role, displayName } = options;
      const user = await users.create({ name, role, ...(displayName && { displayName }) });
      const invitation = await users.invite(user.name);
      printNote(
        `Send ${user.name} this link; it works once, until ${formatTime(invitation.expiresAt)}:`,
      );
      printEither(options.json, { ...user, invitation }, () => invitation.url);
    });
}

function listCommand(): Command {
  return withConnection(new Command('list'))
    .description('list the people')
    .action(async (options: CommonOptions) => {
      const users = await (await connect(options)).users.list();
      const rows = users.map((user) => [user.name, user.displayName, user.role, stateOf(user)]);
      printEither(options.json, users, () =>
        formatTable(['NAME', 'SHOWN AS', 'ROLE', 'STATE'], rows),
      );
    });
}

function stateOf({ hasPassword, invitedUntil }: User): string {
  if (hasPassword) return 'signs in by password';
  return invitedUntil === null ? 'has no password' : `invited until ${formatTime(invitedUntil)}`;
}

function showCommand(): Command {
  return withConnection(new Command('show'))
    .description('show a person')
    .argument('<name>', 'their name')
    .action(async (name: string, options: CommonOptions) => {
      const user = await (await connect(options)).users.get(name);
      printEither(options.json, user, () => describe(user));
    });
}

function updateCommand(): Command {
  return withConnection(new Command('update'))
    .description("change a person's role or shown name, at once")
    .argument('<name>', 'their name')
    .addOption(roleOption('what they may do from now on'))
    .option('--display-name <name>', 'how they are shown')
    .action(async (name: string, options: CommonOptions & Partial<CreateOptions>) => {
      const { role, displayName } = options;
      const { users } = await connect(options);
      const change = { ...(role && { role }), ...(displayName !== undefined && { displayName }) };
      const user = await users.update(name, change);
      printEither(options.json, user, () => describe(user));
    });
}

function inviteCommand(): Command {
  return withConnection(new Command('invite'))
    .description('print a link by which a person sets a (new) password, once')
    .argument('<name>', 'their name')
    .action(async (name: string, options: CommonOptions) => {
      const invitation = await (await connect(options)).users.invite(name);
      printEither(options.json, invitation, () => invitation.url);
    });
}

function deleteCommand(): Command {
  return withConnection(new Command('delete'))
    .description('remove a person with all their tokens, at once')
    .argument('<name>', 'their name')
    .action(async (name: string, options: CommonOptions) => {
      await (await connect(options)).users.delete(name);
      printEither(options.json, { deleted: name }, () => `deleted ${name}`);
    });
}

function describe(user: User): string {
  return formatFields([
    ['name', user.name],
    ['shown as', user.displayName],
    ['role', user.role],
    ['state', stateOf(user)],
    ['created', formatTime(user.createdAt)],
  ]);
}
