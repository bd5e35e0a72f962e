// Which commands are read from disk for which words. Asked in a process of its own, as it is in one: to
// turn all that they import into what the test runner reads takes seconds.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { commandLoaders } from './command-loaders.ts';

const program = `
const { createProgram } = await import(${JSON.stringify(new URL('./program.ts', import.meta.url))});
const asked = process.argv.slice(1).map(async (word) => {
  const { commands } = await createProgram(word === '' ? [] : [word, '--help']);
  return commands.map((command) => [command.name(), ...command.aliases()]);
});
console.log(JSON.stringify(await Promise.all(asked)));`;

/** For each first word, the names of what was loaded. */
async function loadedFor(words: readonly string[]): Promise<readonly (readonly string[][])[]> {
  const flags = ['--input-type=module', '-e', program, '--'];
  const { stdout } = await promisify(execFile)(process.execPath, [...flags, ...words]);
  return JSON.parse(stdout);
}

const all = Object.keys(commandLoaders);

test('a first word that is a command loads that one alone, and it has that name', async () => {
  const loaded = await loadedFor(all);
  expect(loaded.map((commands) => commands.map(([name]) => name))).toEqual(
    all.map((name) => [name]),
  );
});

test('any other first word loads them all, to say what there is', async () => {
  const words = ['', 'jbo', 'help', '--help', 'sp', 'toString', '__proto__'];
  for (const commands of await loadedFor(words)) {
    expect(commands.map(([name]) => name)).toEqual(all);
    // Another name of a command leads to it too.
    expect(commands).toContainEqual(['service-principal', 'sp']);
  }
});
