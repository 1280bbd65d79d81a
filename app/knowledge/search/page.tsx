import { RoleGate } from "@/components/knowledge/page/role-gate";
import { SearchBench } from "@/components/knowledge/search/search-bench";

/** The retrieval test bench, for administrators and developers. */
export default function SearchBenchPage() {
  return (
    <RoleGate needs="debug">
      <SearchBench />
    </RoleGate>
  );
}
