// What `az --help` prints, of all calls or of one.
import type { AzCommand } from '../az-command.ts';
import type { Flag } from './flag.ts';

export function describeCommands(commands: readonly AzCommand[]): string {
  const width = Math.max(...commands.map(({ words }) => words.join(' ').length));
  const lines = commands.map(
    ({ words, about }) => `  az ${words.join(' ').padEnd(width)}  ${about}`,
  );
  return ["Ridgeline's stand-in for the Azure CLI answers these calls:", '', ...lines].join('\n');
}

export function describeCommand({ words, about, flags }: AzCommand): string {
  const lines = flags.map((flag) => `  ${flag.spellings.join(' ')}${marks(flag)}`);
  return [`az ${words.join(' ')}: ${about}`, '', ...lines].join('\n');
}

function marks({ isRequired, hasNoEffect }: Flag): string {
  if (isRequired === true) return '  (required)';
  return hasNoEffect === true ? '  (no effect here)' : '';
}
