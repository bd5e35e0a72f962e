// What stands for the content of the curated environment: it changes with its version only.
import { contentDigest } from './environment-content.ts';

export const nodeDigest = contentDigest({
  kind: 'node',
  python: null,
  r: null,
  image: 'ridgeline-node:1',
});
