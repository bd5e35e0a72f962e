// Where the process entry is, for whoever starts one.

import { fileURLToPath } from 'node:url';

/** Absolute path of the module to run with Node, configured by the variables of settings.ts. */
export const scoringProcessPath: string = fileURLToPath(new URL('./main.ts', import.meta.url));
