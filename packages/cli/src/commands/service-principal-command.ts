// `ridgeline service-principal`: programs with a role.
import type { ClientCredential, NewCredential, Role, ServicePrincipal } from '@ridgeline/client';
import { Command, Option } from 'commander';
import { type CommonOptions, withConnection } from '../connection/common-options.ts';
import { connect } from '../connection/connect.ts';
import { printEither, printNote } from '../output/print.ts';
import { formatFields, formatTable, formatTime } from '../output/table.ts';
import { readTextFile } from '../submit/read-text-file.ts';
import { expiryOf, roleOption } from './identity-options.ts';

interface SecretOptions extends CommonOptions {
  readonly expiresIn?: string;
  readonly description?: string;
  readonly publicKey?: string;
}

export function servicePrincipalCommand(): Command {
  return new Command('service-principal')
    .alias('sp')
    .description('programs with a role, and their secrets and keys (for owners)')
    .addCommand(createCommand())
    .addCommand(listCommand())
    .addCommand(showCommand())
    .addCommand(updateCommand())
    .addCommand(deleteCommand())
    .addCommand(addCredentialCommand())
    .addCommand(removeCredentialCommand());
}

function createCommand(): Command {
  return withSecret(withConnection(new Command('create')))
    .description('add a service principal with a first secret, which is shown once')
    .argument('<name>', 'its name')
    .addOption(roleOption('what it may do').makeOptionMandatory())
    .addHelpText(
      'after',
      '\nExample:\n  ridgeline service-principal create nightly --role Contributor --expires-in 90d',
    )
    .action(async (name: string, options: SecretOptions & { readonly role: Role }) => {
      const { servicePrincipals } = await connect(options);
      const principal = await servicePrincipals.create({ name, role: options.role });
      const { secret } = await servicePrincipals.addSecret(principal.appId, credentialOf(options));
      printNote('Keep the password now: it is not shown again.');
      const { appId, tenantId: tenant } = principal;
      printEither(options.json, { appId, name, password: secret, tenant }, () =>
        formatFields([
          ['appId', appId],
          ['password', secret],
          ['tenant', tenant],
        ]),
      );
    });
}

function listCommand(): Command {
  return withConnection(new Command('list'))
    .description('list the service principals')
    .action(async (options: CommonOptions) => {
      const principals = await (await connect(options)).servicePrincipals.list();
      const rows = principals.map(({ name, appId, role, createdAt }) => [
        name,
        appId,
        role,
        formatTime(createdAt),
      ]);
      printEither(options.json, principals, () =>
        formatTable(['NAME', 'APP ID', 'ROLE', 'CREATED'], rows),
      );
    });
}

function showCommand(): Command {
  return withConnection(new Command('show'))
    .description('show a service principal and what it proves itself with')
    .argument('<name>', 'its name or app id')
    .action(async (name: string, options: CommonOptions) => {
      const principal = await (await connect(options)).servicePrincipals.get(name);
      printEither(
        options.json,
        principal,
        () => `${describe(principal)}\n\n${describeCredentials(principal.credentials)}`,
      );
    });
}

function updateCommand(): Command {
  return withConnection(new Command('update'))
    .description('change its role, at once')
    .argument('<name>', 'its name or app id')
    .addOption(roleOption('what it may do from now on').makeOptionMandatory())
    .action(async (name: string, options: CommonOptions & { readonly role: Role }) => {
      const { servicePrincipals } = await connect(options);
      const principal = await servicePrincipals.setRole(name, options.role);
      printEither(options.json, principal, () => describe(principal));
    });
}

function deleteCommand(): Command {
  return withConnection(new Command('delete'))
    .description('remove it with its secrets, keys and tokens, at once')
    .argument('<name>', 'its name or app id')
    .action(async (name: string, options: CommonOptions) => {
      await (await connect(options)).servicePrincipals.delete(name);
      printEither(options.json, { deleted: name }, () => `deleted ${name}`);
    });
}

function addCredentialCommand(): Command {
  return withSecret(withConnection(new Command('add-credential')))
    .description('add a further secret, which is shown once, or a public key; others stay')
    .argument('<name>', 'its name or app id')
    .option('--public-key <file>', 'a public key or certificate in PEM, instead of a secret')
    .action(async (name: string, options: SecretOptions) => {
      const { servicePrincipals } = await connect(options);
      const { publicKey } = options;
      if (publicKey !== undefined) {
        const pem = await readTextFile(publicKey);
        const key = await servicePrincipals.addKey(name, pem, credentialOf(options));
        return printEither(options.json, key, () => describeCredentials([key]));
      }
      const credential = await servicePrincipals.addSecret(name, credentialOf(options));
      printNote('Keep it now: it is not shown again.');
      printEither(options.json, credential, () => credential.secret);
    });
}

function removeCredentialCommand(): Command {
  return withConnection(new Command('remove-credential'))
    .description('remove a secret or key, at once')
    .argument('<name>', 'its name or app id')
    .argument('<id>', "the credential's id, as 'show' shows it")
    .action(async (name: string, id: string, options: CommonOptions) => {
      await (await connect(options)).servicePrincipals.removeCredential(name, id);
      printEither(options.json, { removed: id }, () => `removed ${id}`);
    });
}

function withSecret(command: Command): Command {
  return command
    .addOption(new Option('--expires-in <time>', 'such as 90d; by default the secret does not end'))
    .option('--description <text>', 'what the secret is for');
}

function credentialOf({ description, expiresIn }: SecretOptions): NewCredential {
  return { ...(description !== undefined && { description }), ...expiryOf(expiresIn) };
}

function describe({ name, appId, objectId, tenantId, role, createdAt }: ServicePrincipal): string {
  return formatFields([
    ['name', name],
    ['appId', appId],
    ['objectId', objectId],
    ['tenant', tenantId],
    ['role', role],
    ['created', formatTime(createdAt)],
  ]);
}

function describeCredentials(credentials: readonly ClientCredential[]): string {
  const rows = credentials.map(({ id, kind, hint, description, expiresAt }) => [
    id,
    kind,
    hint,
    formatTime(expiresAt),
    description,
  ]);
  return formatTable(['CREDENTIAL', 'KIND', 'HINT', 'EXPIRES', 'DESCRIPTION'], rows);
}
