// Before the first test file: a folder for what Node compiles, which the processes of one run share.
// Thousands are started, and most would else spend their time on compiling the same modules.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

export default async function setUp(): Promise<() => Promise<void>> {
  const folder = await mkdtemp(path.join(tmpdir(), 'ridgeline-compile-cache-'));
  process.env.NODE_COMPILE_CACHE = folder;
  return () => rm(folder, { recursive: true, force: true });
}
