// `az account clear`: as `az logout`.
import type { AzCommand } from '../az-command.ts';
import { forgetSession } from '../session/session-file.ts';

export const accountClear: AzCommand = {
  words: ['account', 'clear'],
  about: 'end the sign-in of az login',
  flags: [],
  run: ({ env }) => forgetSession(env).then(() => undefined),
};
