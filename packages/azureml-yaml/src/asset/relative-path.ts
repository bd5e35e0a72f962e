// Paths in a file as paths from where the job's file stands. The text alone is looked at.

const registeredRoot =
  /^(?<root>azureml:\/\/components\/[^/]+\/versions\/[^/]+)(?:\/(?<rest>.*))?$/;

/** `./a` and `../src` → `./src`; `.` and `src` → `./src`. An absolute path stays as it is. Of a
 * registered component, `azureml://components/NAME/versions/VERSION` stays in front of any path: what
 * somebody else has registered must never name a place on the machine of who uses it. */
export function pathFrom(folder: string, path: string): string {
  const { root, rest } = registeredRoot.exec(folder)?.groups ?? {};
  const isAbsolute = /^(?:[/\\]|[A-Za-z]:[/\\])/.test(path);
  if (isAbsolute && root === undefined) return path;
  const start = root === undefined ? folder : isAbsolute ? '' : (rest ?? '');
  const parts: string[] = [];
  for (const part of `${start}/${path}`.split('/')) {
    if (part === '' || part === '.') continue;
    const last = parts.at(-1);
    if (part === '..' && last !== undefined && last !== '..') parts.pop();
    else parts.push(part);
  }
  const joined = parts.join('/');
  if (root !== undefined) return joined === '' ? root : `${root}/${joined}`;
  if (start.startsWith('/')) return `/${joined}`;
  if (joined === '') return '.';
  return parts[0] === '..' ? joined : `./${joined}`;
}

/** What paths in the file are relative to: `./a/train.yml` → `./a`, `./train.yml` → `.`. */
export function folderOf(file: string): string {
  const at = file.lastIndexOf('/');
  return at === -1 ? '.' : at === 0 ? '/' : file.slice(0, at);
}
