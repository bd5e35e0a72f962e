// Checks the shape of a conda file that comes from outside, before anybody reads what it means.
import { quote } from '../../checks/check-text.ts';

const maxDependencies = 1_000;
const maxLength = 1_000;
const knownKeys = ['name', 'channels', 'dependencies', 'prefix'];

/** What is wrong with it; empty where it is a `CondaFile`. */
export function checkCondaFile(file: unknown): readonly string[] {
  if (typeof file !== 'object' || file === null || Array.isArray(file)) {
    return ["its conda file must be an object with a list of 'dependencies'"];
  }
  return [
    ...Object.keys(file).flatMap(checkKey),
    ...checkChannels('channels' in file ? file.channels : []),
    ...checkDependencies('dependencies' in file ? file.dependencies : null),
  ];
}

function checkKey(key: string): readonly string[] {
  if (knownKeys.includes(key)) return [];
  const hint = key === 'variables' ? "; give them as 'environment_variables' of the job" : '';
  return [`its conda file has ${quote(key)}, which is not supported${hint}`];
}

function checkChannels(channels: unknown): readonly string[] {
  return isTextList(channels) ? [] : ["its conda file's 'channels' must be a list of names"];
}

function checkDependencies(dependencies: unknown): readonly string[] {
  if (!Array.isArray(dependencies)) {
    return ["its conda file needs a list 'dependencies', such as [python=3.11, pip]"];
  }
  const count = dependencies.flatMap((each) => (isPipList(each) ? each.pip : [each])).length;
  if (count > maxDependencies) return [`it has ${count} dependencies: at most ${maxDependencies}`];
  return dependencies.flatMap((each) =>
    isText(each) || isPipList(each)
      ? []
      : [`dependency ${quote(each)} must be a text such as 'numpy=2.1', or a list 'pip: […]'`],
  );
}

function isPipList(value: unknown): value is { readonly pip: readonly string[] } {
  if (typeof value !== 'object' || value === null || !('pip' in value)) return false;
  return Object.keys(value).length === 1 && isTextList(value.pip);
}

function isTextList(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.length <= maxDependencies && value.every(isText);
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.length <= maxLength && value.isWellFormed();
}
