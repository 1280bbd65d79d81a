import type { Json } from "./json-text";

/** One case of a dataset: a question, and what its answer should be. */
export interface DatasetItem {
  id: string;
  input: unknown;
  expectedOutput: unknown;
  metadata: unknown;
}

export interface Dataset {
  id: string;
  name: string;
  /** The active ones, in the order in which Langfuse gives them. */
  items: DatasetItem[];
}

export interface NewDatasetItem {
  /** The same id again replaces the item. */
  id: string;
  input: Json;
  expectedOutput: Json;
  metadata: Json;
  /** Null where Langfuse has no trace of it. */
  source: { traceId: string; observationId: string | null } | null;
}

/** Port: collections of questions with their expected answers. Calls throw `upstream_failed`. */
export interface Datasets {
  /** Names, sorted. */
  list(): Promise<string[]>;
  /** Makes a dataset; one of that name stays as it is. */
  create(name: string): Promise<void>;
  /** The address of the item's page, null while the project is not known. Throws `not_found` without the dataset. */
  add(dataset: string, item: NewDatasetItem): Promise<{ url: string | null }>;
  /** Null when there is none of that name. */
  read(name: string): Promise<Dataset | null>;
}
