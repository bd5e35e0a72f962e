// `npm start`: sets up what running needs, then starts a workspace with the sample project.
import { run, setUp } from './set-up.mjs';

await setUp('running');
process.exitCode = await run(process.execPath, [
  'packages/cli/bin/ridgeline.mjs',
  'up',
  '--project',
  'templates/diabetes-regression',
  ...process.argv.slice(2),
]);
