// Compiles the AssemblyScript kernels, packages/*/kernels/NAME.as.ts, to an importable module each:
// kernels/build/NAME.js holds the WebAssembly as base64, so that Node, a browser and a test load it
// alike. What is up to date is left alone. Run alone: node scripts/build-kernels.mjs
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const suffix = '.as.ts';

// The memory comes from outside, shared between threads; 65536 pages are the 4 GiB of wasm32. The
// kernels keep nothing between calls, so they need no runtime and no collector.
const flags = [
  ...['--runtime', 'stub', '--optimizeLevel', '3', '--shrinkLevel', '0', '--noAssert'],
  ...['--enable', 'simd', '--enable', 'threads'],
  ...['--importMemory', '--sharedMemory', '--initialMemory', '1', '--maximumMemory', '65536'],
  ...['--use', 'abort='],
];

/** Builds each kernel whose sources, compiler or flags have changed since it was built. */
export async function buildKernels() {
  const compiler = await compilerVersion();
  for (const folder of await kernelFolders()) {
    const sources = await sourcesOf(folder);
    const stamp = stampOf(compiler, sources);
    // A kernel is a file directly in the folder; what lies deeper is imported by kernels.
    const kernels = sources.filter(({ path }) => !path.includes('/') && path.endsWith(suffix));
    for (const { path } of kernels) await buildKernel(folder, basename(path, suffix), stamp);
  }
}

async function buildKernel(folder, name, stamp) {
  const output = join(folder, 'build', `${name}.js`);
  const head = `// Built from ../${name}${suffix}; stamp ${stamp}\n`;
  if ((await textOf(output)).startsWith(head)) return;
  const wasm = await compile(join(folder, `${name}${suffix}`));
  const text = `${head}export const wasm =\n  '${Buffer.from(wasm).toString('base64')}';\n`;
  await mkdir(join(folder, 'build'), { recursive: true });
  // Two processes may build at once: each renames a whole file into place.
  const beside = `${output}.${process.pid}`;
  await writeFile(beside, text);
  await rename(beside, output);
}

async function compile(source) {
  const { default: compiler } = await import('assemblyscript/asc');
  let wasm = null;
  const writeOutput = (path, contents) => {
    if (path.endsWith('.wasm')) wasm = contents;
  };
  const { error, stderr } = await compiler.main([source, '--outFile', 'kernel.wasm', ...flags], {
    writeFile: writeOutput,
  });
  if (error || wasm === null) throw new Error(`${source} does not compile:\n${stderr}`);
  return wasm;
}

async function kernelFolders() {
  const packages = await readdir(join(root, 'packages'));
  const folders = packages.sort().map((name) => join(root, 'packages', name, 'kernels'));
  const found = await Promise.all(folders.map(async (folder) => (await entriesOf(folder)).length));
  return folders.filter((_, i) => found[i] > 0);
}

async function sourcesOf(folder) {
  const paths = (await entriesOf(folder)).filter((path) => path.endsWith('.ts')).sort();
  return Promise.all(
    paths.map(async (path) => ({ path, text: await readFile(join(folder, path), 'utf8') })),
  );
}

async function entriesOf(folder) {
  const paths = await readdir(folder, { recursive: true }).catch(() => []);
  return paths
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => !path.startsWith('build'));
}

function stampOf(compiler, sources) {
  return createHash('sha256')
    .update(JSON.stringify([compiler, flags, sources]))
    .digest('hex');
}

async function compilerVersion() {
  const manifest = join(root, 'node_modules/assemblyscript/package.json');
  return JSON.parse(await readFile(manifest, 'utf8')).version;
}

async function textOf(path) {
  return readFile(path, 'utf8').catch(() => '');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildKernels();
