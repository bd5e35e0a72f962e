// What is run as one process: a command with its code and environment.
import type { CommandFields } from '../job/step-types.ts';
import type { Token } from '../text/token.ts';
import { type CommandScope, checkCommand } from './check-command.ts';
import { codeAt } from './check-strings.ts';
import { stepEnvironmentAt } from './convert-environment.ts';
import { type FileScope, pathIn } from './file-scope.ts';
import { mapAt, numberAt, stringTokenAt } from './read-token.ts';

export function convertCommand(body: Token, file: FileScope, scope: CommandScope): CommandFields {
  const command = stringTokenAt(body, 'command');
  if (command !== null) checkCommand(command, scope, file.sink);
  return {
    command: command?.value ?? '',
    code: codePathAt(body, file),
    environment: stepEnvironmentAt(body, file),
    timeoutSeconds: numberAt(mapAt(body, 'limits'), 'timeout'),
  };
}

export function codePathAt(body: Token | null, file: FileScope): string | null {
  const code = codeAt(body, file.sink);
  return code === null ? null : pathIn(file, code);
}
