// The rules for the name of a new project: 3 to 15 letters and underscores, as it becomes a part of
// file, model and resource names.
import { CliError } from '../errors.ts';

/** @throws CliError PROJECT_NAME_INVALID */
export function assertProjectName(name: string): void {
  if (name.length < 3 || name.length > 15) {
    throw new CliError(
      'PROJECT_NAME_INVALID',
      `Invalid project name length. '${name}' has ${name.length} characters: use 3 to 15 letters and underscores`,
    );
  }
  if (!/^[A-Za-z_]+$/.test(name)) {
    throw new CliError(
      'PROJECT_NAME_INVALID',
      `Invalid characters in project name. '${name}' may hold letters and underscores only`,
    );
  }
}
