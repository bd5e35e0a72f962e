// How much a step has written: the bytes of the files in its folder.
import { lstat, readdir } from 'node:fs/promises';
import path from 'node:path';

/** Stops counting at `limit`. Links count nothing, nor does what is gone while it is looked at. */
export async function folderSizeBytes(folder: string, limit: number): Promise<number> {
  let size = 0;
  const waiting = [folder];
  for (let place = waiting.pop(); place !== undefined && size <= limit; place = waiting.pop()) {
    const parent = place;
    const entries = await readdir(parent, { withFileTypes: true }).catch(() => []);
    for (const entry of entries) {
      const inside = path.join(parent, entry.name);
      if (entry.isDirectory()) waiting.push(inside);
      // What is on the disk: a file of holes takes no space.
      else if (entry.isFile()) size += await sizeOnDisk(inside);
    }
  }
  return size;
}

async function sizeOnDisk(file: string): Promise<number> {
  return lstat(file).then(
    ({ blocks, size }) => Math.min(blocks * 512, size + 4096),
    () => 0,
  );
}
