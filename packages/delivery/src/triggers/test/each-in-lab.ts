// A lab for each test of a file, opened before it; afterwards nothing may have gone wrong unseen.
import { afterEach, beforeEach, expect } from 'vitest';
import type { BuildTriggers } from '../build-triggers.ts';
import { HookSender } from './hook-sender.ts';
import { TriggerLab } from './trigger-lab.ts';

interface OpenedLab {
  readonly lab: TriggerLab;
  readonly triggers: BuildTriggers;
  readonly sender: HookSender;
}

export function eachInLab(begin: (opened: OpenedLab) => void): void {
  let lab: TriggerLab;
  beforeEach(async () => {
    lab = await TriggerLab.make();
    const triggers = await lab.open();
    begin({ lab, triggers, sender: new HookSender(lab, triggers) });
  });
  afterEach(async () => {
    await lab.dispose();
    expect(lab.errors).toEqual([]);
  });
}
