// The project's own smoke test, run as a team would run it: as a program, with the server's address
// and token in its environment.
import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { CliError } from '../errors.ts';
import type { Project } from './project.ts';

/** @throws CliError SMOKE_TEST_FAILED with all that the test has printed */
export async function runSmokeTest(
  { url, token }: { readonly url: string; readonly token: string },
  project: Project,
  endpointName: string,
): Promise<void> {
  const child = spawn(process.execPath, [project.smokeTest, '--endpoint', endpointName], {
    cwd: project.folder,
    env: { ...process.env, RIDGELINE_URL: url, RIDGELINE_TOKEN: token },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  const [exitCode, output, problems] = await Promise.all([
    ended,
    text(child.stdout),
    text(child.stderr),
  ]);
  if (exitCode === 0) return;
  const message = `the smoke test of endpoint '${endpointName}' exited with code ${exitCode}:\n${output}${problems}`;
  throw new CliError('SMOKE_TEST_FAILED', message);
}
