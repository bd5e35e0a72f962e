// From the content of a conda file to what an environment consists of. It is not conda that makes
// the environment: Python packages are had from PyPI by pip, R from what is installed. What has no
// equal there is refused, all of it in one go.
import { didYouMean } from '@ridgeline/tabular';
import type { EnvironmentContent } from '../environment-content.ts';
import { checkRequirement } from '../python/pip-requirement.ts';
import type { VersionRule } from '../version-rule.ts';
import { type MatchSpec, parseMatchSpec } from './match-spec.ts';
import { knownCondaNames, pipNameOf } from './pip-names.ts';

/** As it stands in a conda file; anything else in it is refused. */
export interface CondaFile {
  readonly name?: string;
  readonly channels?: readonly string[];
  readonly dependencies: readonly (string | { readonly pip: readonly string[] })[];
}

export interface CondaReading extends Pick<EnvironmentContent, 'python' | 'r'> {
  /** What was passed over. */
  readonly notes: readonly string[];
  /** What is wrong; the rest is of use only where this is empty. */
  readonly problems: readonly string[];
}

interface Gathered {
  python: VersionRule[] | null;
  r: VersionRule[] | null;
  readonly rPackages: string[];
  readonly requirements: string[];
  readonly notes: string[];
  readonly problems: string[];
}

export function readCondaFile({ channels = [], dependencies }: CondaFile): CondaReading {
  const gathered: Gathered = {
    ...{ python: null, r: null },
    ...{ rPackages: [], requirements: [], notes: [], problems: [] },
  };
  if (channels.length > 0) {
    gathered.notes.push(
      `channels (${channels.join(', ')}) are ignored: packages are installed by pip, from PyPI or ` +
        "where pip's configuration says",
    );
  }
  for (const dependency of dependencies) {
    if (typeof dependency === 'string') addPackage(gathered, dependency);
    else addPipList(gathered, dependency.pip);
  }
  return finished(gathered);
}

function addPackage(gathered: Gathered, text: string): void {
  const spec = parseMatchSpec(text);
  if ('problem' in spec) {
    gathered.problems.push(`dependency '${text}' cannot be read: ${spec.problem}`);
    return;
  }
  gathered.notes.push(...spec.notes);
  if (spec.name === 'python') gathered.python = [...(gathered.python ?? []), ...spec.version];
  else if (isR(spec.name)) addR(gathered, spec);
  else addPythonPackage(gathered, spec);
}

function addPythonPackage(gathered: Gathered, { name, version }: MatchSpec): void {
  const pipName = pipNameOf(name);
  if (pipName !== null) {
    // pip itself is always there; only a version of it is worth a word.
    const isPlainPip = pipName === 'pip' && version.length === 0;
    if (!isPlainPip) gathered.requirements.push(`${pipName}${version.join(',')}`);
    gathered.python ??= [];
    return;
  }
  gathered.problems.push(
    `conda package '${name}' is not known to be on PyPI${didYouMean(name, knownCondaNames)}; if ` +
      "it is there, put it under its name there into the list 'pip:', else install it on the machine",
  );
}

function addPipList(gathered: Gathered, lines: readonly string[]): void {
  gathered.python ??= [];
  for (const line of lines) addRequirement(gathered, line);
}

function addRequirement({ requirements, problems }: Gathered, text: string): void {
  const checked = checkRequirement(text);
  if ('problem' in checked) problems.push(`requirement '${text}': ${checked.problem}`);
  else if (checked.line !== null) requirements.push(checked.line);
}

function isR(name: string): boolean {
  return name === 'r' || name === 'r-base' || name === 'r-essentials' || name.startsWith('r-');
}

function addR(gathered: Gathered, { name, version }: MatchSpec): void {
  gathered.r ??= [];
  if (name === 'r-base' || name === 'r') gathered.r.push(...version);
  // A bundle of what people use most: no single package of it can be said to be needed.
  else if (name !== 'r-essentials') gathered.rPackages.push(name.slice('r-'.length));
}

function finished(gathered: Gathered): CondaReading {
  const { python, r, rPackages, requirements, notes, problems } = gathered;
  return {
    python: python && { version: sorted(python), requirements: sortedRequirements(requirements) },
    r: r && { version: sorted(r), packages: sorted(rPackages) },
    notes,
    problems,
  };
}

/** Options of pip first: what they say holds for all that follows. */
export function sortedRequirements(requirements: readonly string[]): readonly string[] {
  const all = sorted(requirements);
  const isOption = (line: string) => line.startsWith('-');
  return [...all.filter(isOption), ...all.filter((line) => !isOption(line))];
}

function sorted(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)].sort();
}
