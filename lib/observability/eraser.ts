/** Whose traces are meant. */
export interface TracesOf {
  traceIds: readonly string[];
  sessionIds: readonly string[];
  /** The hash under which traces know a browser. */
  userId: string | null;
  /** Traces whose retrieval found it. */
  documentId: string | null;
}

/** Port: deleting what a tracing backend keeps. Each call throws `upstream_failed` when it cannot be asked. */
export interface Eraser {
  /** Ids of the traces that are there now. */
  traces(of: TracesOf): Promise<string[]>;
  /** Asks for their deletion, which the backend may do later. */
  removeTraces(traceIds: readonly string[]): Promise<void>;
  /** Ids of the scores of traces. */
  scores(traceIds: readonly string[]): Promise<string[]>;
  removeScores(ids: readonly string[]): Promise<void>;
  /** Ids of the items of datasets that were made of traces. */
  datasetItems(traceIds: readonly string[]): Promise<string[]>;
  removeDatasetItems(ids: readonly string[]): Promise<void>;
}
