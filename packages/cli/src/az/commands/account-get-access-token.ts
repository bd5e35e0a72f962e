// `az account get-access-token`: a token of the workspace, with which its REST API is called.
import type { AzCommand } from '../az-command.ts';
import { flag } from '../grammar/flag.ts';

/** Of a token that does not say when it ends, such as a job's: to be asked for again by then. */
const assumedLifeMs = 60 * 60 * 1000;

export const accountGetAccessToken: AzCommand = {
  words: ['account', 'get-access-token'],
  about: 'a token for the REST API of the workspace',
  // There is one API, whatever it is called.
  flags: [
    '--resource',
    '--resource-type',
    '--scope',
    '--tenant -t',
    '--subscription --name -s -n',
  ].map((spellings) => flag.value(spellings)),
  async run(call) {
    const workspace = await call.workspace();
    const { tenantId: tenant } = await workspace.client.tokens.me();
    const { value, expiresAt } = await workspace.token();
    const ends = new Date(expiresAt ?? Date.now() + assumedLifeMs);
    return {
      accessToken: value,
      expiresOn: `${localTime(ends)}.000000`,
      expires_on: Math.floor(ends.getTime() / 1000),
      subscription: workspace.subscription,
      tenant,
      tokenType: 'Bearer',
    };
  },
};

/** `2026-03-01 12:30:00`, as the clock on the wall has it: so does the Azure CLI. */
function localTime(time: Date): string {
  const shifted = new Date(time.getTime() - time.getTimezoneOffset() * 60_000);
  return shifted.toISOString().slice(0, 19).replace('T', ' ');
}
