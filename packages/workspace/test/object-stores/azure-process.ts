// Azurite, the server of Azure Blob Storage for tests, as a process that ends with whoever started it.
// Arguments: Azurite's own.
import { createRequire } from 'node:module';

// Its input alone does not keep it: it ends by itself when it is told to.
process.stdin.on('end', () => process.exit()).unref();
process.stdin.resume();
createRequire(import.meta.url)('azurite/dist/src/blob/main.js');
