// `ridgeline token`: access tokens.
import type { AccessToken, Role } from '@ridgeline/client';
import { Command, Option } from 'commander';
import { type CommonOptions, withConnection } from '../connection/common-options.ts';
import { connect } from '../connection/connect.ts';
import { printEither, printNote } from '../output/print.ts';
import { formatTable, formatTime } from '../output/table.ts';
import { expiryOf, roleOption } from './identity-options.ts';

interface CreateOptions extends CommonOptions {
  readonly name: string;
  readonly role?: Role;
  readonly expiresIn?: string;
  readonly user?: string;
  readonly servicePrincipal?: string;
}

export function tokenCommand(): Command {
  return new Command('token')
    .description('make, list and revoke access tokens')
    .addCommand(createCommand())
    .addCommand(listCommand())
    .addCommand(revokeCommand());
}

function createCommand(): Command {
  return withConnection(new Command('create'))
    .description('make an access token; it is shown once')
    .requiredOption('--name <name>', 'what it is for')
    .addOption(roleOption('what it may do; by default as much as its owner'))
    .option('--expires-in <time>', 'such as 90d or 12h; by default it does not end')
    .addOption(
      new Option('--user <name>', 'for owners: whose it is to be').conflicts('servicePrincipal'),
    )
    .option('--service-principal <name>', 'the same, of a service principal')
    .addHelpText(
      'after',
      '\nExample:\n  ridgeline token create --name ci --role Contributor --expires-in 90d',
    )
    .action(async (options: CreateOptions) => {
      const { name, role, user, servicePrincipal, expiresIn } = options;
      const client = await connect(options);
      const token = await client.tokens.create({
        name,
        ...(role && { role }),
        ...(user && { user }),
        ...(servicePrincipal && { servicePrincipal }),
        ...expiryOf(expiresIn),
      });
      printNote('Keep it now: it is not shown again.');
      printEither(options.json, token, () => token.token);
    });
}

function listCommand(): Command {
  return withConnection(new Command('list'))
    .description('list your access tokens')
    .option('--all', 'for owners: those of everybody')
    .action(async (options: CommonOptions & { readonly all?: boolean }) => {
      const { tokens } = await connect(options);
      const found = await tokens.list({ all: options.all === true });
      printEither(options.json, found, () => describe(found));
    });
}

function describe(tokens: readonly AccessToken[]): string {
  const rows = tokens.map((token) => [
    token.id,
    token.name,
    token.role,
    token.owner.kind === 'token' ? '-' : `${token.owner.kind} ${token.owner.id}`,
    formatTime(token.expiresAt),
    formatTime(token.lastUsedAt),
  ]);
  return formatTable(['ID', 'NAME', 'ROLE', 'OWNER', 'EXPIRES', 'LAST USED'], rows);
}

function revokeCommand(): Command {
  return withConnection(new Command('revoke'))
    .description('revoke an access token, at once')
    .argument('<id>', "the token's id, as 'ridgeline token list' shows it")
    .action(async (id: string, options: CommonOptions) => {
      await (await connect(options)).tokens.revoke(id);
      printEither(options.json, { revoked: id }, () => `revoked ${id}`);
    });
}
