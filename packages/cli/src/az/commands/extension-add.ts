// `az extension add`: nothing is fetched, as the calls of the extension `ml` are built in.
import type { AzCommand } from '../az-command.ts';
import { flag } from '../grammar/flag.ts';

export const extensionAdd: AzCommand = {
  words: ['extension', 'add'],
  about: 'does nothing: what it answers of the extension ml is built in',
  flags: [
    flag.value('--source -s'),
    flag.value('--name -n'),
    flag.value('--version'),
    flag.switch('--yes -y'),
    flag.switch('--upgrade -U'),
    flag.switch('--system'),
    flag.value('--allow-preview'),
  ],
  async run({ note }) {
    note('nothing is added: the calls of the extension ml that the stand-in answers are built in');
  },
};
