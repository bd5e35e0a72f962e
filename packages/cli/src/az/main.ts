import { runAz } from './run-az.ts';

process.exitCode = await runAz(process.argv.slice(2), process.env);
