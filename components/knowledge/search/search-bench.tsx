"use client";

import { useTranslations } from "next-intl";
import { useQueryStates } from "nuqs";
import { useMediaQuery } from "@/components/ui/use-media-query";
import { useBaseList } from "../data/use-base-list";
import { Breadcrumb } from "../page/breadcrumb";
import { KnowledgeShell } from "../page/knowledge-shell";
import { BenchForm } from "./bench-form";
import { BENCH_PARAMETERS, type BenchQuery } from "./bench-query";
import { BenchResults } from "./bench-results";
import { useBenchSearch } from "./use-bench-search";

/** The test bench: one question, all agents side by side. The address holds what is searched. */
export function SearchBench() {
  const t = useTranslations("knowledge.bench");
  const { bases } = useBaseList();
  const [address, setAddress] = useQueryStates(BENCH_PARAMETERS);
  const narrow = useMediaQuery("(width < 60rem)", false);
  const kb = address.kb || (bases?.[0]?.prefix ?? "");
  const query: BenchQuery = { ...address, kb };
  const { answers, searching, again } = useBenchSearch(query);
  const submit = (next: BenchQuery) => {
    const same = JSON.stringify(next) === JSON.stringify(query);
    if (same) again();
    else
      void setAddress({ ...next, agents: [...next.agents], history: [...next.history] }, { history: "push" });
  };
  return (
    <KnowledgeShell title={t("title")} header={<Breadcrumb above={[]} title={t("title")} />} wide>
      <div className="grid gap-4">
        <BenchForm
          key={JSON.stringify(address)}
          query={query}
          bases={bases}
          searching={searching}
          onSubmit={submit}
        />
        <BenchResults query={query.q} answers={answers} searching={searching} tabs={narrow} />
      </div>
    </KnowledgeShell>
  );
}
