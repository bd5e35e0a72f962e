// `az account set`: a workspace has no subscriptions, so that any name is taken, and shown from then on.
import type { AzCommand } from '../az-command.ts';
import { flag } from '../grammar/flag.ts';
import { keepSession, readSession } from '../session/session-file.ts';

export const accountSet: AzCommand = {
  words: ['account', 'set'],
  about: 'choose what az account show calls the subscription',
  flags: [flag.value('--subscription --name -s -n', { isRequired: true })],
  async run({ flags, env }) {
    const subscription = flags.required('subscription').slice(0, 200);
    await keepSession(env, { ...(await readSession(env)), subscription });
  },
};
