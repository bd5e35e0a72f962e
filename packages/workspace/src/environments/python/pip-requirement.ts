// Checks one line of a requirements list. pip is run by the server, in no folder of the user's: a
// line may name packages and where they are looked for, and no file of this machine.

const name = '[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?';
const extras = '(?:\\[[A-Za-z0-9._,\\s-]*\\])?';
const rule = '(?:===?|!=|>=|<=|~=|>|<)\\s*[A-Za-z0-9.*+!_-]+';
const rules = `(?:\\(?${rule}(?:\\s*,\\s*${rule})*\\)?)?`;
const marker = '(?:;\\s*[^;]+)?';
const requirement = new RegExp(`^${name}\\s*${extras}\\s*${rules}\\s*${marker}$`);
const direct = new RegExp(`^${name}\\s*${extras}\\s*@\\s*(\\S+)\\s*${marker}$`);

const flags = ['--pre', '--prefer-binary'];
const addressOptions = ['--index-url', '--extra-index-url', '--find-links'];
const nameOptions = ['--no-binary', '--only-binary'];

export type CheckedRequirement =
  | { readonly line: string }
  | { readonly line: null }
  | { readonly problem: string };

/** @param text a line; one that is empty or a comment gives null. */
export function checkRequirement(text: string): CheckedRequirement {
  const line = text
    .trim()
    .replace(/(^|\s)#.*$/, '')
    .trim();
  if (line === '') return { line: null };
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  if (/[\x00-\x1f\x7f]/.test(line)) return { problem: 'it holds a control character' };
  if (line.startsWith('-')) return checkOption(line);
  if (requirement.test(line)) return { line: line.replaceAll(/\s+/g, ' ') };
  const address = direct.exec(line)?.[1];
  if (address !== undefined) return checkAddress(address) ?? { line };
  return {
    problem: "it is no requirement such as 'scikit-learn==1.5.2'; local files are not sent",
  };
}

function checkOption(line: string): CheckedRequirement {
  const [option = '', ...words] = line.split(/[\s=]+/);
  if (flags.includes(option) && words.length === 0) return { line: option };
  const value = line.slice(option.length).replace(/^[\s=]+/, '');
  if (nameOptions.includes(option) && /^[\w.,:-]+$/.test(value))
    return { line: `${option} ${value}` };
  if (addressOptions.includes(option)) return checkAddress(value) ?? { line: `${option} ${value}` };
  const known = [...flags, ...nameOptions, ...addressOptions].join(', ');
  return { problem: `of pip's options, a list may have ${known}` };
}

function checkAddress(text: string): { readonly problem: string } | null {
  const url = URL.parse(text.replace(/^git\+/, ''));
  if (url === null || !['https:', 'http:'].includes(url.protocol)) {
    return { problem: 'its address must start with https:// (or git+https://)' };
  }
  if (url.username === '' && url.password === '') return null;
  return {
    problem: "an address must hold no user or password: put those into pip's configuration",
  };
}
