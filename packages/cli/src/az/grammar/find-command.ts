// Which command words call, and what is said where the stand-in answers none of that name.
import type { AzCommand } from '../az-command.ts';
import { AzError } from '../az-error.ts';

export interface FoundCommand {
  readonly command: AzCommand;
  /** Behind the command's own. */
  readonly rest: readonly string[];
}

export const howToUseTheRealOne =
  "For the real Azure CLI install it (https://aka.ms/install-azure-cli) and set the variable RIDGELINE_AZ to 'real', or give 'ridgeline ci run' --real-az";

/** @throws AzError AZ_NOT_ANSWERED */
export async function findCommand(
  words: readonly string[],
  commands: readonly AzCommand[],
): Promise<FoundCommand> {
  const command = commands.find((one) => one.words.every((word, at) => words[at] === word));
  if (command !== undefined) return { command, rest: words.slice(command.words.length) };
  throw await notAnswered(words, commands);
}

/** On one line: tasks show the last line of a program that has failed. */
async function notAnswered(words: readonly string[], commands: readonly AzCommand[]) {
  const { didYouMean, shorten } = await import('@ridgeline/azure-pipelines');
  const flags = words.findIndex((word) => word.startsWith('-'));
  const called = (flags < 0 ? words : words.slice(0, flags)).slice(0, 4).map(shorten).join(' ');
  const names = commands.map((one) => one.words.join(' '));
  const hint = hints[words[0] ?? ''];
  const sentences = [
    `this is Ridgeline's stand-in, not the Azure CLI, and does not answer 'az ${called}'.${didYouMean(called, names)}`,
    `It answers: ${names.join(', ')}.`,
    ...(hint === undefined ? [] : [hint]),
    `${howToUseTheRealOne}.`,
  ];
  return new AzError('AZ_NOT_ANSWERED', sentences.join(' '));
}

/** What Ridgeline has for it. */
const hints: Readonly<Record<string, string>> = {
  keyvault: "Here a variable group of the vault's name keeps secrets.",
  webapp:
    "Here 'ridgeline endpoint create -f LOCATION/deployment.yml --name NAME' deploys what 'az ml model package' has made.",
  container: "Here 'az ml model deploy' makes an endpoint of the workspace.",
  aks: "Here 'az ml model deploy' makes an endpoint of the workspace.",
};
