// Ours and many others' modules name the file that they import, with its ending: there is nothing to
// look for, and not to ask the disk of each of thousands of files saves a fifth of a server's start.
import { registerHooks } from 'node:module';

const formats = new Map([
  ['.ts', 'module-typescript'],
  ['.mjs', 'module'],
]);

registerHooks({
  resolve(specifier, context, next) {
    const format = formats.get(/\.\w+$/.exec(specifier)?.[0]);
    const { parentURL, importAttributes } = context;
    const isExact = specifier.startsWith('.') && parentURL?.startsWith('file:');
    if (format === undefined || !isExact) return next(specifier, context);
    const { href: url } = new URL(specifier, parentURL);
    return { url, format, importAttributes, shortCircuit: true };
  },
});
