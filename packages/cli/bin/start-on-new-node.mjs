// Starts a module of ours on a Node that runs TypeScript as it stands: this one where it is new enough,
// otherwise the one that the npm package `node` has brought. Plain JavaScript, as any Node must
// be able to read it.
import { spawn } from 'node:child_process';
import { readdirSync, rmSync } from 'node:fs';
import nodeModule, { createRequire } from 'node:module';
import { constants, homedir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const oldestNode = 24;

// To read the TypeScript anew at each start takes longer than most commands do. The folder is one's
// own, as what lies there is run; where it cannot be written, nothing is kept.
const caches = process.env.XDG_CACHE_HOME || path.join(homedir(), '.cache');
const compiled = path.join(caches, 'ridgeline', 'compile-cache');

// Ours are some thousands of files. Steps and scoring scripts add theirs, of each folder that they ran
// in, and Node forgets none.
const mostCompiled = 50_000;

const exactImports = new URL('./exact-imports.mjs', import.meta.url);

/** `module`: the address of a TypeScript module. */
export async function startOnNewNode(module) {
  const main = fileURLToPath(module);
  if (Number.parseInt(process.versions.node, 10) < oldestNode) return startOn(newerNode(), main);
  forgetTooMuch();
  nodeModule.enableCompileCache(compiled);
  await import(exactImports);
  await import(module);
}

function forgetTooMuch() {
  try {
    const counts = readdirSync(compiled).map(
      (version) => readdirSync(path.join(compiled, version)).length,
    );
    if (counts.reduce((sum, count) => sum + count, 0) <= mostCompiled) return;
    rmSync(compiled, { recursive: true, force: true });
  } catch {
    // There is none yet, or another command removes it just now.
  }
}

function newerNode() {
  try {
    const packageFile = createRequire(import.meta.url).resolve('node/package.json');
    return path.join(path.dirname(packageFile), 'bin', 'node');
  } catch {
    return null;
  }
}

function startOn(node, main) {
  if (node === null) return fail();
  const env = { NODE_COMPILE_CACHE: compiled, ...process.env };
  const words = ['--import', exactImports.href, main, ...process.argv.slice(2)];
  const child = spawn(node, words, { stdio: 'inherit', env });
  // Ctrl-C may reach the child twice, from the terminal and from here: the first one counts.
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  child.once('error', fail);
  child.once('exit', (code, signal) => {
    process.exitCode = signal ? 128 + constants.signals[signal] : code;
  });
}

function fail() {
  console.error(
    `error NODE_TOO_OLD: this is Node ${process.versions.node}, and Node ${oldestNode} or newer is needed; install it, or let npm run the install script of its package 'node'`,
  );
  process.exitCode = 1;
}
