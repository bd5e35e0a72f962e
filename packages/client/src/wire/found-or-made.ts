/** What was asked for, and whether it had to be made. */
export interface FoundOrMade<T> {
  readonly asset: T;
  readonly created: boolean;
}
