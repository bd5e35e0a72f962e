// Writes down what the training data looks like, for the checks of later data to compare with.
// Run it after replacing the data on purpose: npm run data:profile

import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { profileTable } from '@ridgeline/tabular';
import { readTrainingData } from '../training/train.ts';
import { referenceFile } from './data-checks.ts';

const trainingFile = fileURLToPath(new URL('diabetes.csv', import.meta.url));
const profile = profileTable(await readTrainingData(trainingFile));
await writeFile(referenceFile, `${JSON.stringify(profile, null, 2)}\n`);
console.log(`Wrote the profile of ${profile.rowCount} rows to ${referenceFile}`);
