// A secret that is better not typed on a command line, where others on the machine can read it.
import { text } from 'node:stream/consumers';
import { CliError } from '../errors.ts';

/** @param given the secret, or `-`: standard input, without the line's end. */
export async function readSecret(given: string): Promise<string> {
  const secret = given === '-' ? (await text(process.stdin)).trim() : given;
  if (secret !== '') return secret;
  throw new CliError('USAGE', 'there is no secret on standard input');
}
