// `ridgeline issuer`, `tenant`, `keys`: what tokens a workspace takes and gives.
import type { Role } from '@ridgeline/client';
import { Command } from 'commander';
import { type CommonOptions, withConnection } from '../connection/common-options.ts';
import { connect } from '../connection/connect.ts';
import { CliError } from '../errors.ts';
import { printEither } from '../output/print.ts';
import { formatTable, formatTime } from '../output/table.ts';
import { collectRole } from './identity-options.ts';
import { collectName } from './option-values.ts';

interface AddIssuerOptions extends CommonOptions {
  readonly issuer: string;
  readonly audience: readonly string[];
  readonly tenant?: string;
  readonly jwksUri?: string;
  readonly mapRole: Readonly<Record<string, Role>>;
}

export function issuerCommand(): Command {
  return new Command('issuer')
    .description('outside issuers, such as Microsoft Entra, whose tokens are taken (for owners)')
    .addCommand(addIssuerCommand())
    .addCommand(listIssuersCommand())
    .addCommand(deleteIssuerCommand());
}

function addIssuerCommand(): Command {
  return withConnection(new Command('add'))
    .description('take the tokens of an issuer, with the roles that they are worth here')
    .requiredOption('--issuer <url>', "the 'iss' of its tokens")
    .option(
      '--audience <name>',
      "the 'aud' that its tokens must have; can be repeated",
      collectName,
      [],
    )
    .option('--tenant <id>', "the 'tid' that its tokens must have")
    .option('--jwks-uri <url>', 'where its keys are, if its metadata do not say')
    .option(
      '--map-role <what=role>',
      'a role, group, oid, appid, azp or sub of its tokens and the role here; can be repeated',
      collectRole,
      {},
    )
    .addHelpText(
      'after',
      `
Example:
  ridgeline issuer add --issuer https://login.microsoftonline.com/<tenant>/v2.0 --tenant <tenant> \\
    --audience api://ridgeline --map-role <group id>=Contributor --map-role <app id>=Reader`,
    )
    .action(async (options: AddIssuerOptions) => {
      const { issuer, audience: audiences, tenant, jwksUri, mapRole: roles } = options;
      if (audiences.length === 0 || Object.keys(roles).length === 0) {
        throw new CliError('USAGE', 'name at least one --audience and one --map-role');
      }
      const { trust } = await connect(options);
      const request = {
        issuer,
        audiences,
        roles,
        ...(tenant && { tenant }),
        ...(jwksUri && { jwksUri }),
      };
      const added = await trust.addIssuer(request);
      printEither(options.json, added, () => `tokens of ${added.issuer} are taken (${added.id})`);
    });
}

function listIssuersCommand(): Command {
  return withConnection(new Command('list'))
    .description('list the issuers')
    .action(async (options: CommonOptions) => {
      const issuers = await (await connect(options)).trust.issuers();
      const rows = issuers.map(({ id, issuer, tenant, audiences, roles }) => [
        id,
        issuer,
        tenant ?? '-',
        audiences.join(' '),
        Object.entries(roles)
          .map(([said, role]) => `${said}=${role}`)
          .join(' '),
      ]);
      const headings = ['ID', 'ISSUER', 'TENANT', 'AUDIENCES', 'ROLES'];
      printEither(options.json, issuers, () => formatTable(headings, rows));
    });
}

function deleteIssuerCommand(): Command {
  return withConnection(new Command('delete'))
    .description('take the tokens of an issuer no longer, at once')
    .argument('<id>', "its id, as 'ridgeline issuer list' shows it")
    .action(async (id: string, options: CommonOptions) => {
      await (await connect(options)).trust.deleteIssuer(id);
      printEither(options.json, { deleted: id }, () => `deleted ${id}`);
    });
}

export function tenantCommand(): Command {
  const list = withConnection(new Command('list'))
    .description("the names of this workspace's tenant, its id first")
    .action(async (options: CommonOptions) => {
      const tenants = await (await connect(options)).trust.tenants();
      printEither(options.json, tenants, () => tenants.join('\n'));
    });
  const add = withConnection(new Command('add'))
    .description('a further name, such as contoso.example (for owners)')
    .argument('<name>', 'the name')
    .action(async (name: string, options: CommonOptions) => {
      const tenants = await (await connect(options)).trust.addTenant(name);
      printEither(options.json, tenants, () => tenants.join('\n'));
    });
  const remove = withConnection(new Command('delete'))
    .description('take a further name away (for owners)')
    .argument('<name>', 'the name')
    .action(async (name: string, options: CommonOptions) => {
      await (await connect(options)).trust.deleteTenant(name);
      printEither(options.json, { deleted: name }, () => `deleted ${name}`);
    });
  return new Command('tenant')
    .description("the tenant's names in the addresses of tokens")
    .addCommand(list)
    .addCommand(add)
    .addCommand(remove);
}

export function keysCommand(): Command {
  const list = withConnection(new Command('list'))
    .description('the keys, the newest first')
    .action(async (options: CommonOptions) => {
      const keys = await (await connect(options)).trust.signingKeys();
      const rows = keys.map((key) => [
        key.kid,
        formatTime(key.createdAt),
        formatTime(key.retiredAt),
      ]);
      printEither(options.json, keys, () => formatTable(['KEY', 'CREATED', 'RETIRED'], rows));
    });
  const rotate = withConnection(new Command('rotate'))
    .description('sign with a new key; tokens of the old one go on until they end')
    .action(async (options: CommonOptions) => {
      const key = await (await connect(options)).trust.rotateKeys();
      printEither(options.json, key, () => `tokens are signed with ${key.kid} from now on`);
    });
  return new Command('keys')
    .description("the keys that sign this workspace's tokens (for owners)")
    .addCommand(list)
    .addCommand(rotate);
}
