// A tar archive of files, for uploading code. Only what the tests need of the format.

export function tarOf(files: Readonly<Record<string, string>>): Buffer {
  const entries = Object.entries(files).flatMap(([name, content]) => {
    const bytes = Buffer.from(content);
    const padding = Buffer.alloc((512 - (bytes.length % 512)) % 512);
    return [header(name, bytes.length), bytes, padding];
  });
  return Buffer.concat([...entries, Buffer.alloc(1024)]);
}

function header(name: string, sizeBytes: number): Buffer {
  const block = Buffer.alloc(512);
  block.write(name, 0);
  block.write('0000644\0', 100);
  block.write(`${sizeBytes.toString(8).padStart(11, '0')}\0`, 124);
  block.write('0', 156);
  block.write('ustar\x0000', 257);
  block.write(' '.repeat(8), 148);
  const checksum = block.reduce((sum, byte) => sum + byte, 0);
  block.write(`${checksum.toString(8).padStart(6, '0')}\0 `, 148);
  return block;
}
