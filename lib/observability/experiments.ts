import type { RunRecord } from "@/lib/domain/run-record";

/** One run of an experiment: a name, and the dataset whose items it answers. */
export interface ExperimentRun {
  name: string;
  /** Null: the items are not of a dataset of Langfuse. */
  datasetId: string | null;
}

export interface ExperimentEntry {
  /** The dataset's item, or an id that is the same in every run. */
  itemId: string;
  expected: string | null;
  /** Masked. */
  record: RunRecord;
  /** By name, in [0, 1]. */
  scores: Readonly<Record<string, number | null>>;
}

/** An experiment that is being recorded. */
export interface OpenExperiment {
  /** Records one item's run with its scores. Throws `upstream_failed`. */
  record(entry: ExperimentEntry): Promise<void>;
  /** Where the run can be looked at; null while that is not known. */
  url(): Promise<string | null>;
}

/** Port: where experiments are kept. */
export interface Experiments {
  open(run: ExperimentRun): OpenExperiment;
}
