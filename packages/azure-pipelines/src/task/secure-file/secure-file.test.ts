import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { withStep } from '../testing.fixture.ts';
import { downloadSecureFile } from './download-secure-file.ts';
import { installSshKey } from './install-ssh-key.ts';

describe('DownloadSecureFile', () => {
  it('is there from the start of the job to its end, for its user only', () =>
    withStep(async (step) => {
      step.secureFiles.set('vars.tfvars', Buffer.from('key = 1'));
      const path = join(step.folders.temp, 'vars.tfvars');
      await step.runAll(
        downloadSecureFile,
        { secureFile: 'vars.tfvars' },
        'succeeded',
        async () => {
          expect(step.set.get('secureFilePath')).toBe(path);
          expect(step.setOptions.get('secureFilePath')).toEqual({ output: true });
          expect(await readFile(path, 'utf8')).toBe('key = 1');
          if (process.platform !== 'win32') expect((await stat(path)).mode & 0o777).toBe(0o600);
        },
      );
      await expect(stat(path)).rejects.toThrow('ENOENT');
    }));

  it('a name cannot lead out of the folder, and an unknown one is told', () =>
    withStep(async (step) => {
      step.secureFiles.set('../../evil', Buffer.from('x'));
      await step.runAll(downloadSecureFile, { secureFile: '../../evil' });
      expect(step.set.get('secureFilePath')).toBe(join(step.folders.temp, 'evil'));
      const [first] = await step.runAll(downloadSecureFile, { secureFile: 'none' });
      expect(first?.message).toContain("no secure file 'none'");
    }));
});

describe('InstallSSHKey', () => {
  it("gives git a key and hosts of the job's own, and takes the key away again", () =>
    withStep(async (step) => {
      step.secureFiles.set('id_rsa', Buffer.from('KEY'));
      const inputs = { knownHostsEntry: 'host ssh-rsa AAAA', sshKeySecureFile: 'id_rsa' };
      const key = join(step.folders.temp, 'id_rsa');
      await step.runAll(installSshKey, inputs, 'succeeded', async () => {
        expect(await readFile(key, 'utf8')).toBe('KEY');
      });
      expect(step.set.get('GIT_SSH_COMMAND')).toContain(`ssh -i '${key}'`);
      const hosts = await readFile(join(step.folders.temp, 'known_hosts'), 'utf8');
      expect(hosts).toBe('host ssh-rsa AAAA\n');
      await expect(stat(key)).rejects.toThrow('ENOENT');
    }));
});
