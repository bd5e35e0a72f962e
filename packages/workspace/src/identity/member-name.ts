// The names of people and service principals, by which they are typed, listed and written down.
import { checkName, checkOneOf, invalid, quote } from '../checks/check-text.ts';
import { identityLimits } from './identity-limits.ts';
import { type Role, roles } from './role.ts';

/** @throws RidgelineError INVALID_PARAMETER_VALUE */
export function checkMemberName(label: string, value: unknown): string {
  const name = checkName(label, value, identityLimits.nameLength);
  if (/^[0-9a-f]{8}-[0-9a-f-]{27}$/i.test(name)) throw invalid(`${label} must not look like an id`);
  if (/^[\p{L}\p{N}._@+-]+$/u.test(name)) return name;
  throw invalid(
    `${label} ${quote(name)} must consist of letters, digits, '.', '_', '-', '+' and '@', as an address of mail does`,
  );
}

/** As of people, but words may be apart. @throws RidgelineError INVALID_PARAMETER_VALUE */
export function checkProgramName(label: string, value: unknown): string {
  const name = checkName(label, value, identityLimits.nameLength);
  checkMemberName(label, name.replaceAll(/(?<=\S) (?=\S)/g, '-'));
  return name;
}

/** What is compared: names that differ in case, or in how an accent is written, are the same. */
export function nameKey(name: string): string {
  return name.normalize('NFKC').toLowerCase();
}

/** @throws RidgelineError INVALID_PARAMETER_VALUE */
export function checkRole(value: unknown): Role {
  return checkOneOf('role', value, roles);
}
