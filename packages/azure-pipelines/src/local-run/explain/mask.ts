// Secrets are shown as in every log.

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
