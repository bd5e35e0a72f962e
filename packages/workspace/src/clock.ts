// The time of the workspace: what stamps rows. Tests hold it still; nothing here measures durations.

/** Milliseconds since the Unix epoch, UTC. */
export type Clock = () => number;

export const systemClock: Clock = () => Date.now();
