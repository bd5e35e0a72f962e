// Where somebody who was invited sets a password: by a link that works once.
import type { FastifyInstance } from 'fastify';
import { anyone } from '../../auth/access.ts';
import type { Authority } from '../authority.ts';
import { TryLimit } from '../try-limit.ts';
import { ownForm, sendPage, words } from './form-post.ts';
import { invitationPage, notePage, type PasswordProblem } from './forms.ts';

const tags = ['oauth'];
const address = '/:tenant/invitation';

export function invitationRoutes(app: FastifyInstance, { identity }: Authority): void {
  const tries = new TryLimit(30, 60_000);
  const show = { tags, summary: 'The page of an invitation' };
  const accept = {
    tags,
    summary: 'Set the password of who was invited',
    consumes: ['application/x-www-form-urlencoded'],
  };

  app.get(address, { ...anyone, schema: show }, async (request, reply) => {
    const { code = '' } = request.query as { readonly code?: string };
    const user = await identity.users.invited(String(code)).catch(nobody);
    if (user === null) return sendPage(reply, notePage(words(request), 'gone', 'goneHint'), 404);
    return sendPage(reply, invitationPage(words(request), { code: String(code), name: user.name }));
  });

  app.post(address, { ...anyone, schema: accept }, async (request, reply) => {
    const form = ownForm(request);
    const code = form.get('code') ?? '';
    const user = tries.isReached(request.ip)
      ? null
      : await identity.users.invited(code).catch(nobody);
    tries.note(request.ip);
    if (user === null) return sendPage(reply, notePage(words(request), 'gone', 'goneHint'), 404);
    const password = form.get('password') ?? '';
    const problem = problemOf(password, form.get('again') ?? '');
    if (problem !== null) {
      return sendPage(
        reply,
        invitationPage(words(request), { code, name: user.name }, problem),
        400,
      );
    }
    await identity.users.acceptInvitation(code, password);
    return sendPage(reply, notePage(words(request), 'passwordSet', 'passwordDone'));
  });
}

function problemOf(password: string, again: string): PasswordProblem | null {
  if (password !== again) return 'different';
  return [...password].length < 12 || password.length > 256 ? 'tooShort' : null;
}

function nobody(error: unknown): null {
  if ((error as { code?: unknown }).code === 'INVITATION_INVALID') return null;
  throw error;
}
