import { BenchGate } from "@/components/knowledge/page/gates";
import { SearchBench } from "@/components/knowledge/search/search-bench";

/** The retrieval test bench, for administrators and developers. */
export default function SearchBenchPage() {
  return (
    <BenchGate>
      <SearchBench />
    </BenchGate>
  );
}
