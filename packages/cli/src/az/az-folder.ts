// Where the `az` of steps lies: in a folder of its own, so that a PATH with it brings nothing else.
import { fileURLToPath } from 'node:url';

export const azFolder = fileURLToPath(new URL('../../az', import.meta.url));
