// For tests: a stand-in for Python, a shell script that says which version it is and makes an
// environment of a single file, so that what goes wrong with a Python can be had at will.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

export interface FakePython {
  /** Such as `python3.11`. */
  readonly name: string;
  readonly version: string;
  readonly hasVenv?: boolean;
  /** Shell commands in place of `pip install`; `$log` is a file of the test's. */
  readonly pip?: string;
}

/** Puts it into `folder`, which is to stand in the PATH. */
export async function writeFakePython(folder: string, python: FakePython): Promise<void> {
  const { name, version, hasVenv = true, pip = 'echo Successfully installed' } = python;
  const file = join(folder, name);
  const answer = JSON.stringify({ executable: file, version, hasVenv });
  const script = `#!/bin/sh
case "$*" in
  *find_spec*) echo '${answer}' ;;
  *"-m venv"*) for last; do :; done; /bin/mkdir -p "$last/bin"; /bin/cp "$0" "$last/bin/python" ;;
  *"-m pip install"*) ${pip} ;;
esac
`;
  await mkdir(folder, { recursive: true });
  await writeFile(file, script, { mode: 0o700 });
}
