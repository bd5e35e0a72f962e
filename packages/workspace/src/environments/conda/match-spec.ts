// Reads one dependency of a conda file, such as `scikit-learn=1.5` or `conda-forge::numpy >=1.26,<3`.
// What conda means by it is said in pip's words; which packages there are is not its matter.
import type { VersionRule } from '../version-rule.ts';

export interface MatchSpec {
  /** In lower case. */
  readonly name: string;
  readonly version: readonly VersionRule[];
  /** What is passed over: a channel, a build. */
  readonly notes: readonly string[];
}

/** Why a dependency cannot be read. */
export interface MatchSpecProblem {
  readonly problem: string;
}

const specPattern = /^(?:([^\s:]+)::)?([A-Za-z0-9][A-Za-z0-9_.-]*)\s*(.*)$/;
const versionPattern = /^\d+(\.\d+)*((a|b|rc)\d+)?(\.(post|dev)\d+)?$/;
const rulePattern = /^(==|!=|>=|<=|~=|>|<|=)?\s*([^\s=]+)$/;

export function parseMatchSpec(text: string): MatchSpec | MatchSpecProblem {
  const [, channel, name = '', rest = ''] = specPattern.exec(text.trim()) ?? [];
  if (name === '') return { problem: "it does not start with a package's name" };
  if (/[[\]|]/.test(rest)) return { problem: "'[…]' and '|' have no equal in pip" };
  const { versions, build } = splitBuild(rest.trim());
  const rules = versions.split(',').flatMap((part) => ruleOf(part.trim()));
  const wrong = rules.find((rule) => typeof rule !== 'string');
  if (wrong !== undefined) return wrong;
  return {
    name: name.toLowerCase(),
    version: rules.filter((rule) => typeof rule === 'string'),
    notes: [
      ...(channel === undefined ? [] : [`channel '${channel}' of '${name}' is ignored`]),
      ...(build === undefined ? [] : [`build '${build}' of '${name}' is ignored`]),
    ],
  };
}

// `=1.5=py311_0` and `1.5 py311_0`: a build follows the version.
function splitBuild(text: string): { readonly versions: string; readonly build?: string } {
  const [, versions = text, build] =
    /^(==?[^\s=,<>!~]+)=([^\s=]+)$/.exec(text) ?? /^([\d.*]+)\s+([A-Za-z]\S*)$/.exec(text) ?? [];
  return build === undefined ? { versions } : { versions, build };
}

function ruleOf(text: string): readonly (VersionRule | MatchSpecProblem)[] {
  if (text === '' || text === '*' || text === '=*') return [];
  const [, operator = '', written = ''] = rulePattern.exec(text) ?? [];
  const hasStar = written.endsWith('*');
  const version = written.replace(/\.?\*$/, '');
  if (!versionPattern.test(version)) return [{ problem: `'${text}' is no version` }];
  // A single '=' means all that starts so; a bare version means exactly that one.
  const isFuzzy = operator === '=' || hasStar;
  const compares = ['>', '<', '>=', '<=', '~='].includes(operator);
  if (compares) return [`${operator}${version}`];
  const pip = operator === '!=' ? '!=' : '==';
  return [`${pip}${version}${isFuzzy ? '.*' : ''}`];
}
