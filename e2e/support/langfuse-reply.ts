/** What the server answers. */
export interface Reply {
  status: number;
  json?: unknown;
}
