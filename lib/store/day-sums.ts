/**
 * Port: sums of one day each, shared by all processes of an installation. Throws `unavailable` where the store is
 * away; what was to be added may have been added all the same.
 */
export interface DaySums {
  /**
   * Adds to a day's sum (`2026-11-26`) and answers what it is now: `atLeast` at least, since who asks knows that it
   * had come so far. Whole numbers; sums of earlier days are forgotten.
   */
  add(day: string, key: string, amount: number, atLeast: number): Promise<number>;
}
