// The version that the server tells, which is that of its package.
import packageFile from '../package.json' with { type: 'json' };

export const version: string = packageFile.version;
