// Where people prove who they are, and allow a program to work in their name.
import { nameKey, type Principal, type TryCounter } from '@ridgeline/workspace';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type Provider from 'oidc-provider';
import { anyone } from '../../auth/access.ts';
import { accountIdOf, accountOf } from '../account.ts';
import type { Authority } from '../authority.ts';
import { grantedScopes } from '../cli-client.ts';
import type { PeopleDoor } from '../people-door.ts';
import type { TokenForm } from '../token-request.ts';
import { ownForm, sendPage, words } from './form-post.ts';
import { consentPage, notePage, type SignInProblem, signInPage } from './forms.ts';

const tags = ['oauth'];
const address = '/:tenant/signin/:uid';
const fiveMinutes = 5 * 60_000;

type Interaction = Awaited<ReturnType<Provider['interactionDetails']>>;

/** One sign-in that is under way, and the request and reply by which it goes on. */
interface Visit {
  readonly provider: Provider;
  readonly interaction: Interaction;
  readonly client: string;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

export function signInRoutes(app: FastifyInstance, authority: Authority, door: PeopleDoor): void {
  const show = { tags, summary: 'The page of a sign-in' };
  const submit = {
    tags,
    summary: 'Sign in, or allow',
    consumes: ['application/x-www-form-urlencoded'],
  };
  const guard = new SignInGuard(authority);

  app.get(address, { ...anyone, schema: show }, async (request, reply) => {
    const visit = await visitOf(door, request, reply);
    return visit === null ? gone(request, reply) : showVisit(authority, visit);
  });

  app.post(address, { ...anyone, schema: submit }, async (request, reply) => {
    const form = ownForm(request);
    const visit = await visitOf(door, request, reply);
    if (visit === null) return gone(request, reply);
    if (visit.interaction.prompt.name === 'login') return signIn(visit, guard, form);
    const { accountId = '' } = visit.interaction.session ?? {};
    return form.get('consent') === 'yes' ? allow(visit, accountId, {}) : deny(visit);
  });
}

/** Checks names, passwords and tokens, and how often wrong ones were brought. */
class SignInGuard {
  readonly #authority: Authority;

  constructor(authority: Authority) {
    this.#authority = authority;
  }

  /** The account, or why there is none. */
  async admit(form: TokenForm, place: string): Promise<{ accountId: string } | SignInProblem> {
    // A token is of whoever it is of: a name beside it must not be taken for theirs.
    const name = form.has('token') ? '' : nameKey(form.get('name') ?? '').slice(0, 128);
    const { identity } = this.#authority;
    const { ofPlace, ofSomebody } = countersOf(place, name);
    // Counted before it is checked: what comes in a crowd is counted, too.
    if (!(await identity.signInTries.take([ofPlace, ...ofSomebody]))) return 'tooMany';
    const principal = await this.#principal(form);
    const accountId = principal === null ? null : await accountIdOf(identity, principal);
    if (accountId === null) return 'wrong';
    await Promise.all([
      identity.signInTries.forget(ofSomebody),
      // Who has an account of their own must not buy guesses at others with it.
      identity.signInTries.takeBack(ofPlace),
    ]);
    return { accountId };
  }

  async #principal(form: TokenForm): Promise<Principal | null> {
    const { identity } = this.#authority;
    const token = form.get('token');
    if (token !== undefined) return identity.authenticate(token.trim());
    const user = await identity.users.authenticate(
      form.get('name') ?? '',
      form.get('password') ?? '',
    );
    return user === null ? null : identity.user(user.id);
  }
}

function countersOf(place: string, name: string) {
  const counter = (key: string, limit: number): TryCounter => ({
    key: `sign-in ${key}`,
    limit,
    windowMs: fiveMinutes,
  });
  const ofPair = counter(`from ${place} as ${name}`, 10);
  return {
    ofPlace: counter(`from ${place}`, 100),
    ofSomebody: name === '' ? [ofPair] : [ofPair, counter(`as ${name}`, 100)],
  };
}

async function visitOf(
  door: PeopleDoor,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<Visit | null> {
  const provider = await door.provider();
  // The library reads the address's protocol from the headers, to know which cookies it has set.
  Object.assign(request.raw.headers, door.headers(request.raw));
  try {
    const interaction = await provider.interactionDetails(request.raw, reply.raw);
    const { uid } = request.params as { readonly uid: string };
    if (interaction.uid !== uid) return null;
    const client = await provider.Client.find(String(interaction.params.client_id));
    return { provider, interaction, client: client?.clientName ?? 'A program', request, reply };
  } catch (error) {
    if ((error as { error?: unknown }).error === 'invalid_request') return null;
    throw error;
  }
}

async function showVisit({ identity }: Authority, visit: Visit): Promise<FastifyReply> {
  const { interaction, client, request, reply } = visit;
  if (interaction.prompt.name === 'login')
    return sendPage(reply, signInPage(words(request), client));
  const account = await accountOf(identity, interaction.session?.accountId ?? '');
  if (account === null) return gone(request, reply);
  return sendPage(reply, consentPage(words(request), client, account.name));
}

async function signIn(visit: Visit, guard: SignInGuard, form: TokenForm): Promise<FastifyReply> {
  const { client, request, reply } = visit;
  const answer = await guard.admit(form, request.ip);
  if (typeof answer !== 'string') {
    const { accountId } = answer;
    return allow(visit, accountId, { login: { accountId } });
  }
  const status = answer === 'tooMany' ? 429 : 401;
  return sendPage(reply, signInPage(words(request), client, answer), status);
}

// The page of the sign-in names who asks: to sign in there is to allow it.
async function allow(visit: Visit, accountId: string, result: object): Promise<FastifyReply> {
  const { provider, interaction, request, reply } = visit;
  const clientId = String(interaction.params.client_id);
  const grant = new provider.Grant({ accountId, clientId });
  grant.addOIDCScope(grantedScopes);
  const consent = { grantId: await grant.save() };
  const to = await provider.interactionResult(request.raw, reply.raw, { ...result, consent });
  return reply.redirect(to, 303);
}

async function deny({ provider, request, reply }: Visit): Promise<FastifyReply> {
  const to = await provider.interactionResult(request.raw, reply.raw, {
    error: 'access_denied',
    error_description: 'the person did not allow it',
  });
  return reply.redirect(to, 303);
}

function gone(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  return sendPage(reply, notePage(words(request), 'gone', 'goneHint'), 404);
}
