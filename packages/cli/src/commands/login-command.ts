// `ridgeline login`, `logout`, `whoami`: who this person is to a server, on this machine.
import {
  authorizationServerOf,
  beginDeviceSignIn,
  clientCredentialsTokens,
  type Me,
  pollDeviceSignIn,
  RidgelineClient,
  revokeTokens,
} from '@ridgeline/client';
import { Command, Option } from 'commander';
import { type CommonOptions, withConnection } from '../connection/common-options.ts';
import { connect, serverUrl } from '../connection/connect.ts';
import { CliError } from '../errors.ts';
import { printEither, printNote } from '../output/print.ts';
import { formatFields } from '../output/table.ts';
import {
  forgetSignIn,
  keepSignIn,
  readCredentials,
  type SignIn,
} from '../sign-in/credentials-file.ts';
import { serverAddress } from '../sign-in/current-token.ts';
import { readSecret } from '../sign-in/read-secret.ts';

interface LoginOptions extends CommonOptions {
  readonly servicePrincipal?: boolean;
  readonly username?: string;
  readonly password?: string;
  readonly tenant?: string;
  readonly token?: string | true;
}

export function loginCommand(): Command {
  return withConnection(new Command('login'))
    .description('sign in to a server; the sign-in is kept for the commands that follow')
    .option('--service-principal', 'as a program: with -u, -p and --tenant')
    .option('-u, --username <app id>', 'the app id of the service principal')
    .addOption(
      new Option('-p, --password <secret>', "its secret; '-' reads it from standard input").env(
        'RIDGELINE_CLIENT_SECRET',
      ),
    )
    .option('--tenant <id or name>', 'its tenant')
    .option(
      '--token [token]',
      'with an access token; without a value it is read from standard input',
    )
    .addHelpText(
      'after',
      `
Without --service-principal or --token a code is shown, to be confirmed in a browser.

Examples:
  ridgeline login --url https://ml.example
  ridgeline login --url https://ml.example --service-principal -u <app id> -p - --tenant contoso.example < secret
  ridgeline login --url https://ml.example --token < token`,
    )
    .action(async (options: LoginOptions) => {
      const url = serverAddress(await serverUrl(options));
      const signIn = await signInBy(url, options);
      const me = await meBy(url, signIn);
      await keepSignIn(url, signIn);
      printEither(options.json, { url, ...me }, () => `signed in to ${url} as ${describeMe(me)}`);
    });
}

function signInBy(url: string, options: LoginOptions): Promise<SignIn> {
  if (options.token !== undefined) return byToken(options.token);
  return options.servicePrincipal === true ? byServicePrincipal(url, options) : byDevice(url);
}

async function byToken(given: string | true): Promise<SignIn> {
  return { kind: 'token', token: await readSecret(given === true ? '-' : given) };
}

async function byServicePrincipal(url: string, options: LoginOptions): Promise<SignIn> {
  const { username: clientId, password, tenant } = options;
  if (clientId === undefined || password === undefined || tenant === undefined) {
    const message = 'a service principal signs in with -u <app id>, -p <secret> and --tenant <id>';
    throw new CliError('USAGE', message);
  }
  const secret = await readSecret(password);
  const tokens = await clientCredentialsTokens(url, tenant, { clientId, secret });
  const { accessToken, expiresAt } = tokens;
  return { kind: 'servicePrincipal', tenant, clientId, secret, accessToken, expiresAt };
}

async function byDevice(url: string): Promise<SignIn> {
  const server = await authorizationServerOf(url);
  const device = await beginDeviceSignIn(server);
  printNote(`Open ${device.url}\nand enter the code ${device.userCode}`);
  while (Date.now() < device.expiresAt) {
    await new Promise((resolve) => setTimeout(resolve, device.intervalMs));
    const tokens = await pollDeviceSignIn(server, device);
    if (tokens?.refreshToken)
      return { ...tokens, kind: 'person', refreshToken: tokens.refreshToken };
  }
  throw new CliError('NOT_SIGNED_IN', 'nobody has entered the code in time; begin again');
}

async function meBy(url: string, signIn: SignIn): Promise<Me> {
  const token = signIn.kind === 'token' ? signIn.token : signIn.accessToken;
  return new RidgelineClient({ url, token, retryForMs: 0 }).tokens.me();
}

export function logoutCommand(): Command {
  return withConnection(new Command('logout'))
    .description('end the sign-in to a server, there and on this machine')
    .addHelpText('after', '\nExample:\n  ridgeline logout --url https://ml.example')
    .action(async (options: CommonOptions) => {
      const url = serverAddress(await serverUrl(options));
      const signIn = (await readCredentials()).servers[url];
      if (signIn === undefined) {
        throw new CliError('NOT_SIGNED_IN', `not signed in to ${url}: there is nothing to end`);
      }
      await forgetSignIn(url);
      if (signIn.kind === 'person') await revoke(url, signIn.refreshToken);
      printEither(options.json, { url }, () => `signed out of ${url}`);
    });
}

// What is gone from this machine stays gone, also where the server cannot be asked.
async function revoke(url: string, refreshToken: string): Promise<void> {
  try {
    await revokeTokens(await authorizationServerOf(url), refreshToken);
  } catch (error) {
    printNote(
      `The server could not be told, so its tokens end by themselves: ${(error as Error).message}`,
    );
  }
}

export function whoamiCommand(): Command {
  return withConnection(new Command('whoami'))
    .description('show who you are to a server, and with which role')
    .addHelpText('after', '\nExample:\n  ridgeline whoami')
    .action(async (options: CommonOptions) => {
      const client = await connect(options);
      const me = await client.tokens.me();
      const fields = [
        ['server', client.url],
        ['name', me.name],
        ['kind', me.kind],
        ['role', me.role ?? '-'],
        ['tenant', me.tenantId],
      ] as const;
      printEither(options.json, { url: client.url, ...me }, () => formatFields(fields));
    });
}

function describeMe({ name, role }: Me): string {
  return `${name} (${role ?? 'no role'})`;
}
