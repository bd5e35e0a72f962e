// What is wrong with a service connection as it stands, before anybody is asked whether it signs in.
// Messages name parameters and never their values.
import {
  connectionValue,
  didYouMean,
  listNames,
  type ServiceConnection,
  shorten,
} from '@ridgeline/azure-pipelines';
import { assetLimits, checkName, checkText, checkValue, keyOf } from '../check-words.ts';
import type { Mistakes } from '../mistakes.ts';
import { type ConnectionScheme, connectionKinds } from './connection-kinds.ts';
import { type ConnectionType, connectionTypes } from './service-connection-info.ts';

/** Facts that are addresses. */
const addressFacts = ['environmentAuthorityUrl', 'keyVaultUrl'] as const;

/** With its secrets. */
export interface WholeConnection extends ServiceConnection {
  readonly type: ConnectionType;
  readonly description: string;
}

export function checkConnection(mistakes: Mistakes, connection: WholeConnection): void {
  const { name, type, description, url, parameters, data } = connection;
  checkName(mistakes, 'service connection', name);
  checkText(mistakes, 'description', description);
  checkEntries(mistakes, 'parameter', parameters);
  checkEntries(mistakes, 'fact', data);
  if (url !== undefined) checkUrl(mistakes, 'url', url);
  for (const fact of addressFacts) {
    const address = connectionValue(connection, fact);
    if (address !== undefined) checkUrl(mistakes, fact, address);
  }
  const suffix = connectionValue(connection, 'azureKeyVaultDnsSuffix');
  if (suffix !== undefined && !/^[a-z0-9-]+(\.[a-z0-9-]+)+$/i.test(suffix))
    mistakes.add("the azureKeyVaultDnsSuffix is no domain such as 'vault.azure.net'");
  if (connectionTypes.includes(type)) checkSignIn(mistakes, connection);
  else mistakes.add(unknownWord('type of service connection', type, connectionTypes));
}

function checkSignIn(mistakes: Mistakes, { type, url, scheme, parameters }: WholeConnection): void {
  const kind = connectionKinds[type];
  if (kind.url === 'required' && url === undefined)
    mistakes.add(`a connection of type ${type} needs a url`);
  const known = kind.schemes.find(({ name }) => keyOf(name) === keyOf(scheme));
  const names = kind.schemes.map(({ name }) => name);
  if (known !== undefined) checkParameters(mistakes, known, parameters);
  // What is generic may be meant for tasks of one's own, with schemes of their own.
  else if (type !== 'generic') mistakes.add(unknownWord(`scheme of type ${type}`, scheme, names));
  if (type === 'kubernetes' && known?.name === 'Token' && url === undefined)
    mistakes.add('a kubernetes connection with a token needs the url of the cluster');
}

function unknownWord(what: string, word: string, known: readonly string[]): string {
  return `'${shorten(word)}' is no ${what}; expected ${listNames(known)}.${didYouMean(word, known)}`;
}

function checkParameters(
  mistakes: Mistakes,
  { name, required }: ConnectionScheme,
  parameters: ServiceConnection['parameters'],
): void {
  const given = Object.keys(parameters).filter((key) => parameters[key] !== '');
  const has = new Set(given.map(keyOf));
  const known = new Set(required.flat());
  const unknown = given.filter((name) => !known.has(keyOf(name)));
  for (const choices of required) {
    if (choices.some((choice) => has.has(choice))) continue;
    const [first = ''] = choices;
    mistakes.add(
      `the scheme ${name} needs the parameter ${choices.join(' or ')}.${meantBy(first, unknown)}`,
    );
  }
}

/** The other way round than elsewhere: which of the given names was to be this one. */
function meantBy(wanted: string, given: readonly string[]): string {
  const mistyped = given.find((name) => didYouMean(name, [wanted]) !== '');
  return mistyped === undefined ? '' : ` Is it what '${shorten(mistyped)}' was to be?`;
}

function checkUrl(mistakes: Mistakes, what: string, address: string): void {
  const url = URL.parse(address);
  const isAddress =
    url !== null && /^(https?|ssh|wss?|tcp):$/.test(url.protocol) && url.host !== '';
  // Not shown: what is no address may be a secret in the wrong place.
  if (!isAddress) mistakes.add(`the ${what} is no address such as 'https://ml.example'`);
  else if (url.username !== '' || url.password !== '')
    mistakes.add(`the ${what} holds a user name or password; give them as parameters`);
}

function checkEntries(
  mistakes: Mistakes,
  what: string,
  entries: Readonly<Record<string, string>>,
): void {
  const names = Object.keys(entries);
  if (names.length > assetLimits.entries)
    mistakes.add(`there are ${names.length} ${what}s; at most ${assetLimits.entries} fit`);
  for (const [key, found] of Map.groupBy(names, keyOf)) {
    if (found.length > 1)
      mistakes.add(`the ${what} '${shorten(key)}' stands twice: letter case means nothing`);
  }
  for (const [name, value] of Object.entries(entries)) {
    checkName(mistakes, what, name);
    checkValue(mistakes, `the ${what} '${shorten(name)}'`, value);
  }
}
