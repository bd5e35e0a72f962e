// Names are the same in any letter case; secrets are shown as in every log.

export function isNamed(name: string, wanted: string): boolean {
  return name.toLowerCase() === wanted.toLowerCase();
}

export const mask = '***';

export function maskOf({
  value,
  secret,
}: {
  readonly value: string;
  readonly secret?: boolean;
}): string {
  return secret === true ? mask : value;
}
