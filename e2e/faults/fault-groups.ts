import type { FaultGroup } from "./fault-row";
import { indexFaults } from "./index-rows";
import { langfuseFaults } from "./langfuse-rows";
import { machineFaults } from "./machine-rows";
import { modelFaults } from "./model-rows";
import { processFaults } from "./process-rows";
import { redisFaults } from "./redis-rows";

/** All faults, in the order of the handbook. */
export const faultGroups: readonly FaultGroup[] = [
  redisFaults,
  langfuseFaults,
  modelFaults,
  indexFaults,
  processFaults,
  machineFaults,
];
