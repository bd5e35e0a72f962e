// Which process may run the engines of a workspace: what starts steps, instances, builds and
// deliveries. One at a time, however many serve its API.

export interface EngineLease {
  /**
   * Takes the lease, or makes sure that it is still held; false while another process has it.
   * @throws RidgelineError DATABASE_UNREACHABLE, where nobody can tell
   */
  take(): Promise<boolean>;
  release(): Promise<void>;
}

/** Of a file: whoever holds the folder's lock is alone. */
export const lockedByFolder: EngineLease = {
  take: async () => true,
  release: async () => {},
};
