// What each kind of compute needs to know of its place: its properties, by name.
import { checkName, invalid, quote } from '../checks/check-text.ts';
import type { ComputeKind } from './compute.ts';

interface PropertyRule {
  readonly required: boolean;
  /** What is wrong with the value, as the end of a sentence, or null. */
  readonly problem: (value: string) => string | null;
}

const anyText: PropertyRule = { required: true, problem: () => null };

const propertiesByKind: Readonly<Record<ComputeKind, Readonly<Record<string, PropertyRule>>>> = {
  local: {},
  databricks: {
    workspaceUrl: { required: true, problem: urlProblem },
    clusterId: anyText,
    // The name under which the workspace's secrets keep the token; never the token.
    secretName: anyText,
  },
};

const valueLength = 2_000;

/** @throws RidgelineError INVALID_PARAMETER_VALUE */
export function checkProperties(
  kind: ComputeKind,
  given: Readonly<Record<string, unknown>>,
): Readonly<Record<string, string>> {
  const rules = propertiesByKind[kind];
  for (const name of Object.keys(given)) {
    if (!Object.hasOwn(rules, name)) throw unknownProperty(kind, name);
  }
  const checked: Record<string, string> = {};
  for (const [name, { required, problem }] of Object.entries(rules)) {
    const value = given[name];
    if (value === undefined && !required) continue;
    if (value === undefined) throw invalid(`a compute of kind '${kind}' needs '${name}'`);
    const text = checkName(`property '${name}'`, value, valueLength);
    const found = problem(text);
    if (found !== null) throw invalid(`property '${name}' ${quote(text)} cannot be used: ${found}`);
    checked[name] = text;
  }
  return checked;
}

function unknownProperty(kind: ComputeKind, name: string) {
  const known = Object.keys(propertiesByKind[kind]);
  const has = known.length === 0 ? 'it has none' : `it has ${known.join(', ')}`;
  return invalid(`a compute of kind '${kind}' has no property ${quote(name)}; ${has}`);
}

// Plain HTTP would show the token to the network; on this machine itself there is none to see it.
function urlProblem(value: string): string | null {
  const url = URL.parse(value);
  const isLoopback = url !== null && ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  if (url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback)) {
    return url.username === '' && url.password === '' ? null : 'it holds a name or a password';
  }
  return "it is no https address, such as 'https://adb-1234.5.azuredatabricks.net'";
}
