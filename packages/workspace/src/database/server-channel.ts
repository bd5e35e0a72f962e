// Short texts from one server of a workspace to the others that have its database open. Nothing is
// kept for who does not listen: the two that use it know when they have missed something.

export interface ChannelEars {
  /** From now on texts come in; what came before is missed. Again after each lost connection. */
  onListening(): void;
  /** Those of this server itself, too. */
  onText(text: string): void;
}

export interface ServerChannel {
  /** Listens until `close`, through lost connections. To be called once. */
  listen(ears: ChannelEars): void;
  /** In this order; of at most 7,900 bytes each. Rejects where they may not have been sent. */
  send(texts: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

/** Of a text: Postgres takes less than 8,000. */
export const maxTextBytes = 7_900;
