// Installs what a command needs, once a lock file: only what running needs, or all that the tests
// need too; and compiles the kernels whose sources have changed. Plain JavaScript for any Node from 20
// on, as it runs before anything is installed.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { buildKernels } from './build-kernels.mjs';

export const root = fileURLToPath(new URL('..', import.meta.url));

// Lies in node_modules so that it goes when what it speaks of goes.
const stampFile = new URL('../node_modules/.set-up.json', import.meta.url);
const lockFile = new URL('../package-lock.json', import.meta.url);

/** @param {'running' | 'testing'} purpose */
export async function setUp(purpose) {
  await install(purpose);
  await buildKernels();
}

/** @param {'running' | 'testing'} purpose */
async function install(purpose) {
  const lock = createHash('sha256')
    .update(await readFile(lockFile))
    .digest('hex');
  const stamp = await readStamp();
  if (stamp.lock === lock && (stamp.purpose === purpose || stamp.purpose === 'testing')) return;
  console.error(`Setting up (npm install, for ${purpose}) …`);
  const omit = purpose === 'running' ? ['--omit=dev'] : [];
  // The lock file has the native packages of Linux only, and npm takes what a lock file leaves out
  // for something to leave out: elsewhere the versions come from the package.json files alone.
  const lockFileUse = process.platform === 'linux' ? [] : ['--no-package-lock'];
  const code = await npm(['install', '--no-save', '--loglevel=error', ...lockFileUse, ...omit]);
  if (code !== 0) {
    console.error('Set-up failed. npm says why above; `npm start` and `npm test` try again.');
    process.exit(code);
  }
  await writeFile(stampFile, JSON.stringify({ lock, purpose }));
}

/** The Node that the repository brings, whatever the machine has; this one where npm brought none. */
export function currentNode() {
  const brought = fileURLToPath(new URL('../node_modules/node/bin/node', import.meta.url));
  return existsSync(brought) ? brought : process.execPath;
}

/** Runs a program to its end with this terminal; resolves to its exit code. */
export function run(program, args, environment = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: root,
      stdio: 'inherit',
      env: { ...process.env, ...environment },
    });
    // Ctrl-C reaches the child too: it decides how to end, and this process waits for it.
    for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(signal ? 1 : code));
  });
}

// npm names its own script when it runs one of ours, so the same npm is used again. What it prints
// belongs on standard error: standard output is for results.
function npm(args) {
  const script = process.env.npm_execpath;
  const [program, prefix] = script?.endsWith('.js') ? [process.execPath, [script]] : ['npm', []];
  return new Promise((resolve, reject) => {
    const child = spawn(program, [...prefix, ...args], {
      cwd: root,
      stdio: ['inherit', 2, 2],
      // Else onnxruntime-node fetches a GPU library from elsewhere; its tests need the processor only.
      env: { ...process.env, ONNXRUNTIME_NODE_INSTALL: 'skip' },
    });
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

async function readStamp() {
  try {
    return JSON.parse(await readFile(stampFile, 'utf8'));
  } catch {
    return {};
  }
}
