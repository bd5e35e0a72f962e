// Writes the README's section about learners anew.

import { readFile, writeFile } from 'node:fs/promises';
import { withLearnerTable } from './learner-table.ts';

const readme = new URL('../README.md', import.meta.url);
await writeFile(readme, withLearnerTable(await readFile(readme, 'utf8')));
