import path from 'node:path';
import { expect, test } from 'vitest';
import { openProject } from './project.ts';

test('a folder that is not there is told as such, and not as a project without data', async () => {
  const folder = path.resolve('no', 'such', 'project');
  await expect(openProject(folder)).rejects.toThrow(`there is no folder ${folder}`);
});
