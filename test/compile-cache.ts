// Before the first test file: a folder for what Node compiles, for all processes that tests start and
// for the next run. They are thousands, and most would else spend their time on the same modules.
import { readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

const folder = path.join(tmpdir(), 'ridgeline-test-compile-cache');

// Ours are some thousands of files; those of projects that tests make come on top, and stay.
const mostFiles = 50_000;

export default async function setUp(): Promise<void> {
  const files = await readdir(folder, { recursive: true }).catch(() => []);
  if (files.length > mostFiles) {
    await rm(folder, { recursive: true, force: true, maxRetries: 10 });
  }
  process.env.NODE_COMPILE_CACHE = folder;
}
