// The size of a mini-batch as Azure ML writes it: `10` files or rows, or `10kb`, `1mb`, `1gb` of a
// table.
import { ScoringError } from '../errors.ts';

export interface MiniBatchSize {
  readonly unit: 'items' | 'bytes';
  readonly value: number;
}

const factors = { kb: 1024, mb: 1024 ** 2, gb: 1024 ** 3 } as const;

/** @throws ScoringError BATCH_ARGUMENT_INVALID */
export function readMiniBatchSize(text: string): MiniBatchSize {
  const [, digits = '', unit = ''] = /^\s*(\d{1,12})\s*(kb|mb|gb)?\s*$/i.exec(text) ?? [];
  const value = Number(digits);
  if (digits !== '' && value > 0) {
    if (unit === '') return { unit: 'items', value };
    return { unit: 'bytes', value: value * factors[unit.toLowerCase() as keyof typeof factors] };
  }
  throw new ScoringError(
    'BATCH_ARGUMENT_INVALID',
    `mini_batch_size is '${text}'; write a number of files or rows such as 10, or a size such as 100kb`,
  );
}
