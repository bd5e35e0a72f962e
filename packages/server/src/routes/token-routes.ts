// Access tokens: of oneself, and for owners those of others, of service principals, and of nobody.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { AccessToken, Member, Role, TokenOwner, Workspace } from '@ridgeline/workspace';
import { roles } from '@ridgeline/workspace';
import Type from 'typebox';
import type { Principal } from '../auth/access.ts';
import { untouched } from '../auth/touch.ts';
import { ServerError } from '../errors/server-error.ts';
import type { ServerContext } from '../server-context.ts';
import { closed } from './schema-parts.ts';

const NewToken = Type.Object(
  {
    name: Type.String({ description: 'What it is for' }),
    role: Type.Optional(
      Type.Enum([...roles], { description: 'Default: the most that is allowed' }),
    ),
    expiresAt: Type.Optional(Type.String({ description: 'An ISO time; default: never' })),
    user: Type.Optional(Type.String({ description: 'For owners: whose it is to be' })),
    servicePrincipal: Type.Optional(Type.String({ description: 'The same, by name or app id' })),
  },
  closed,
);
const Which = Type.Object({ all: Type.Optional(Type.Enum(['true', 'false'])) }, closed);
const Id = Type.Object({ id: Type.String() });

const tags = ['identity'];
const me = { tags, summary: 'Whose token this is, and with which role' };
const create = { tags, summary: 'A new access token, shown this once', body: NewToken };
const list = {
  tags,
  summary: 'One’s own access tokens; for owners with ?all=true all',
  querystring: Which,
};
const revoke = { tags, summary: 'Revoke an access token, at once', params: Id };

const address = '/api/v1/tokens';

export function tokenRoutes({ workspace }: ServerContext): FastifyPluginAsyncTypebox {
  const { tokens } = workspace.identity;
  return async (app) => {
    app.get('/api/v1/me', { ...untouched.readerOrStep, schema: me }, async ({ principal }) => ({
      kind: principal?.kind,
      id: principal !== null && 'id' in principal ? principal.id : null,
      name: principal?.name,
      role: principal?.role,
      tenantId: workspace.identity.tenants.id,
    }));

    app.post(
      address,
      { ...untouched.reader, schema: create },
      async ({ body, principal }, reply) => {
        const maker = memberOf(principal);
        const target = await targetOf(workspace, maker, body);
        const { name, role, expiresAt } = body;
        const atMost = [target.role, maker.role];
        const request = { name, role, expiresAt, owner: target.owner, atMost, madeBy: maker.name };
        return reply.code(201).send(await tokens.create(request));
      },
    );

    app.get(address, { ...untouched.reader, schema: list }, async ({ query, principal }) => {
      const member = memberOf(principal);
      if (query.all !== 'true') return { value: await ownTokens(workspace, member) };
      assertOwner(member, 'list the tokens of others');
      return { value: await tokens.list() };
    });

    app.delete(
      `${address}/:id`,
      { ...untouched.reader, schema: revoke },
      async ({ params, principal }, reply) => {
        const member = memberOf(principal);
        if (!isOwn(member, await tokens.get(params.id))) {
          assertOwner(member, "revoke somebody else's token");
        }
        await tokens.revoke(params.id);
        return reply.code(204).send();
      },
    );
  };
}

interface Target {
  readonly owner: TokenOwner;
  readonly role: Role;
}

interface For {
  readonly user?: string;
  readonly servicePrincipal?: string;
}

/** Whose the token is to be. @throws ServerError INVALID_PARAMETER_VALUE, PERMISSION_DENIED */
async function targetOf(
  { identity }: Workspace,
  maker: Member,
  { user, servicePrincipal }: For,
): Promise<Target> {
  if (user !== undefined && servicePrincipal !== undefined) {
    const message = 'a token is of a user or of a service principal: name one of them';
    throw new ServerError('INVALID_PARAMETER_VALUE', message);
  }
  if (user === undefined && servicePrincipal === undefined) return ownTarget(maker);
  assertOwner(maker, 'make tokens for others');
  if (user !== undefined) {
    const { id, role } = await identity.users.get(user);
    return { owner: { kind: 'user', id }, role };
  }
  const { appId, role } = await identity.servicePrincipals.get(servicePrincipal ?? '');
  return { owner: { kind: 'servicePrincipal', id: appId }, role };
}

function ownTarget(maker: Member): Target {
  if (maker.kind === 'external') {
    const message = `${maker.name} comes by the token of another issuer, which alone gives and takes away what they may do; ask it for tokens`;
    throw new ServerError('PERMISSION_DENIED', message);
  }
  // Else whoever finds a token that ends could make one of it that does not.
  if (maker.accessTokenId !== undefined && maker.role !== 'Owner') {
    const message =
      "an access token makes no further ones: sign in with 'ridgeline login', or ask an owner";
    throw new ServerError('PERMISSION_DENIED', message);
  }
  return { owner: ownerOf(maker), role: maker.role };
}

async function ownTokens({ identity }: Workspace, member: Member): Promise<readonly AccessToken[]> {
  const { tokens } = identity;
  const all = await (isSomebody(member) ? tokens.list(ownerOf(member)) : tokens.list(ofNobody));
  return all.filter((token) => isOwn(member, token));
}

// Tokens of nobody in particular are the workspace owners' to look after; each may end itself.
function isOwn(member: Member, { id, owner }: AccessToken): boolean {
  if (isSomebody(member)) return owner.kind === member.kind && owner.id === member.id;
  if (member.kind === 'external') return false;
  return id === member.accessTokenId || (owner.kind === 'token' && member.role === 'Owner');
}

function isSomebody({ kind }: Member): boolean {
  return kind === 'user' || kind === 'servicePrincipal';
}

const ofNobody: TokenOwner = { kind: 'token', id: 'admin' };

function ownerOf({ kind, id }: Member): TokenOwner {
  return kind === 'user' || kind === 'servicePrincipal' ? { kind, id } : ofNobody;
}

function memberOf(principal: Principal | null): Member {
  if (principal !== null && principal.kind !== 'step') return principal;
  throw new ServerError('PERMISSION_DENIED', 'a step has no access tokens');
}

/** @throws ServerError PERMISSION_DENIED */
function assertOwner({ name, role }: Member, what: string): void {
  if (role === 'Owner') return;
  throw new ServerError('PERMISSION_DENIED', `${name} is ${role}, and only an Owner may ${what}`);
}
