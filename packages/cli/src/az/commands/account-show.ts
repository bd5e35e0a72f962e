// `az account show`: the workspace in the form of a subscription.
import type { AzCommand } from '../az-command.ts';
import { flag } from '../grammar/flag.ts';
import { describeAccount } from '../session/describe-account.ts';

export const accountShow: AzCommand = {
  words: ['account', 'show'],
  about: 'the workspace, and who is signed in to it',
  flags: [flag.value('--subscription --name -s -n')],
  run: async (call) => describeAccount(await call.workspace()),
};
