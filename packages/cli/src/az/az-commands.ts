// All calls that the stand-in answers.
import type { AzCommand } from './az-command.ts';
import { accountClear } from './commands/account-clear.ts';
import { accountGetAccessToken } from './commands/account-get-access-token.ts';
import { accountSet } from './commands/account-set.ts';
import { accountShow } from './commands/account-show.ts';
import { extensionAdd } from './commands/extension-add.ts';
import { login } from './commands/login.ts';
import { logout } from './commands/logout.ts';
import { mlModelDeploy } from './commands/ml-model-deploy.ts';
import { mlModelList } from './commands/ml-model-list.ts';
import { mlModelPackage } from './commands/ml-model-package.ts';
import { version } from './commands/version.ts';

export const azCommands: readonly AzCommand[] = [
  version,
  login,
  logout,
  accountShow,
  accountSet,
  accountClear,
  accountGetAccessToken,
  extensionAdd,
  mlModelList,
  mlModelDeploy,
  mlModelPackage,
];
