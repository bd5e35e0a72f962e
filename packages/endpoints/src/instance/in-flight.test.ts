import { expect, it } from 'vitest';
import { InFlight } from './in-flight.ts';

it('is idle at once when nothing runs', async () => {
  await new InFlight().idle(60_000);
});

it('is idle when the last request has ended, and counts each end once', async () => {
  const inFlight = new InFlight();
  const [endFirst, endSecond] = [inFlight.begin(), inFlight.begin()];
  let idle = false;
  const waiting = inFlight.idle(60_000).then(() => {
    idle = true;
  });
  endFirst();
  endFirst();
  await new Promise(setImmediate);
  expect(idle).toBe(false);
  expect(inFlight.count).toBe(1);
  endSecond();
  await waiting;
});

it('stops waiting after the time limit', async () => {
  const inFlight = new InFlight();
  inFlight.begin();
  await inFlight.idle(5);
  expect(inFlight.count).toBe(1);
});
