import { nothing } from './does-not-exist.ts';

export const run = () => nothing;
