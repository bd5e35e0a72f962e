// `az logout`: forgets who has signed in.
import type { AzCommand } from '../az-command.ts';
import { flag } from '../grammar/flag.ts';
import { forgetSession } from '../session/session-file.ts';

export const logout: AzCommand = {
  words: ['logout'],
  about: 'end the sign-in of az login',
  flags: [flag.value('--username')],
  run: ({ env }) => forgetSession(env).then(() => undefined),
};
