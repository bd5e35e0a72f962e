// InstallSSHKey: git and ssh of the later steps use a key and known hosts of the job's own. What
// the person of this machine keeps in `~/.ssh` is neither read nor changed.

import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { exitFailure, requireProgram } from '../program.ts';
import type { AgentTask, TaskContext } from '../task.ts';
import { input } from '../task-input.ts';
import { succeeded } from '../task-outcome.ts';
import { writeSecureFile } from './download-secure-file.ts';

export const installSshKey: AgentTask = {
  name: 'InstallSSHKey',
  versions: [0],
  runsOn: 'agent',
  inputs: [
    input.lines('hostName', { aliases: ['knownHostsEntry'], required: true }),
    input.text('sshPublicKey'),
    input.text('sshPassphrase'),
    input.secureFile('sshKeySecureFile', { required: true }),
    input.flag('addEntryToConfig', false),
    input.text('configHostAlias'),
    input.text('configHostname'),
    input.text('configUser'),
    input.text('configPort'),
  ],
  async run(context) {
    const key = await writeSecureFile(context, 'sshKeySecureFile');
    context.state.set('key', key);
    await unlock(context, key);
    const hosts = join(context.folders.temp, 'known_hosts');
    await mkdir(context.folders.temp, { recursive: true });
    await writeFile(hosts, `${context.linesInput('hostName').join('\n')}\n`, {
      flag: 'a',
      mode: 0o600,
    });
    context.variables.set('GIT_SSH_COMMAND', sshCommand(key, hosts));
    context.log('git of the steps after this one uses the installed key');
    return succeeded;
  },
  async post(context) {
    const key = context.state.get('key');
    if (key !== undefined) await rm(key, { force: true });
    return succeeded;
  },
};

/** The copy in the job's folder loses its passphrase: nobody is there to type it. */
async function unlock(context: TaskContext, key: string): Promise<void> {
  const passphrase = context.input('sshPassphrase');
  if (passphrase === undefined) return;
  const program = requireProgram(context, 'ssh-keygen', 'Install OpenSSH.');
  const args = ['-p', '-P', passphrase, '-N', '', '-f', key];
  const result = await context.run(program, args, { silent: true, capture: true });
  if (result.exitCode !== 0) throw exitFailure('ssh-keygen', result);
}

function sshCommand(key: string, hosts: string): string {
  const quote = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;
  return `ssh -i ${quote(key)} -o IdentitiesOnly=yes -o UserKnownHostsFile=${quote(hosts)}`;
}
