// The processes of this machine, by their command lines.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** The command lines that hold `text`; of processes that have ended and still have an id, none. */
export async function processesWith(text: string): Promise<readonly string[]> {
  const { stdout } = await promisify(execFile)('ps', ['-axww', '-o', 'stat=,args=']);
  const isAlive = (line: string) => !line.startsWith('Z');
  return stdout.split('\n').filter((line) => isAlive(line) && line.includes(text));
}
