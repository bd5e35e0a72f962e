// `az login`: as a service principal of the workspace, or with the token that a job has.
import type { AzCall, AzCommand } from '../az-command.ts';
import { AzError } from '../az-error.ts';
import { flag } from '../grammar/flag.ts';
import { describeAccount } from '../session/describe-account.ts';
import { workspaceUrl } from '../session/open-workspace.ts';
import { keepSession, readSession } from '../session/session-file.ts';
import { type Principal, signIn } from '../session/sign-in.ts';

export const login: AzCommand = {
  words: ['login'],
  about: "sign in to the workspace as a service principal of it, or with the job's token",
  flags: [
    flag.switch('--service-principal'),
    flag.value('--username -u'),
    flag.value('--password -p'),
    flag.value('--federated-token'),
    flag.value('--tenant -t'),
    flag.switch('--identity -i'),
    flag.value('--certificate'),
    flag.switch('--allow-no-subscriptions'),
  ],
  async run(call) {
    if (call.flags.has('service-principal')) await signInAsPrincipal(call);
    else if (!call.flags.has('identity')) throw needsAPrincipal();
    return [await describeAccount(await call.workspace())];
  },
};

async function signInAsPrincipal({ flags, env }: AzCall): Promise<void> {
  const proof = proofOf({ flags });
  const clientId = flags.required('username');
  const tenant = flags.required('tenant');
  const { subscription } = await readSession(env);
  const url = await workspaceUrl(env);
  await keepSession(env, { subscription, signIn: await signIn({ url, tenant, clientId, proof }) });
}

function proofOf({ flags }: Pick<AzCall, 'flags'>): Principal['proof'] {
  const secret = flags.one('password');
  const assertion = flags.one('federated-token');
  if (secret) return { secret };
  if (assertion) return { assertion };
  const next = flags.has('certificate')
    ? 'the stand-in takes no certificate: give -p SECRET or --federated-token TOKEN'
    : 'give -p SECRET or --federated-token TOKEN; is the variable that holds it empty?';
  throw new AzError('AZ_USAGE', `a service principal has to prove who it is; ${next}`);
}

function needsAPrincipal(): AzError {
  const message =
    "the stand-in opens no browser: give --service-principal -u APP_ID -p SECRET --tenant TENANT, or --identity for the token of the environment; people sign in with 'ridgeline login'";
  return new AzError('AZ_USAGE', message);
}
