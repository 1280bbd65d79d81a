"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { cn } from "@/components/ui/cn";
import { SkeletonRows } from "@/components/ui/skeleton-rows";
import { Tabs, TabsContent, TabsList, TabsTrigger } from "@/components/ui/tabs";
import { AgentColumn } from "./agent-column";
import type { BenchAgent } from "./bench-query";
import { compareAgents } from "./compare-agents";
import { handleBenchKey } from "./handle-bench-key";
import { OverlapSummary } from "./overlap-summary";
import type { AgentAnswer } from "./use-bench-search";

interface BenchResultsProps {
  query: string;
  /** undefined before there is something to show */
  answers: readonly AgentAnswer[] | undefined;
  searching: boolean;
  /** One list at a time, where there is no room for all of them. */
  tabs: boolean;
}

/** What the agents found: a summary of how their lists overlap, then the lists. */
export function BenchResults({ query, answers, searching, tabs }: BenchResultsProps) {
  const t = useTranslations("knowledge.bench");
  if (!answers) {
    return searching ? (
      <SkeletonRows rows={6} label={t("searching")} />
    ) : (
      <p className="py-12 text-center text-fg1">{t("empty")}</p>
    );
  }
  return (
    <div aria-busy={searching} className={cn("grid gap-3 transition-opacity", searching && "opacity-60")}>
      <p role="status" className="sr-only">
        {searching ? t("searching") : t("searched")}
      </p>
      <OverlapSummary answers={answers} />
      <AgentLists query={query} answers={answers} tabs={tabs} />
    </div>
  );
}

/** Two beside each other below 1280 px, where four would leave no room for a title. */
const COLUMNS: Record<number, string> = {
  2: "grid-cols-2",
  3: "grid-cols-2 lg:grid-cols-3",
  4: "grid-cols-2 lg:grid-cols-4",
};

/** The passage that shows its text, in the list where it was opened. */
interface OpenPassage {
  agent: BenchAgent;
  passageId: string;
}

interface AgentListsProps {
  query: string;
  answers: readonly AgentAnswer[];
  tabs: boolean;
}

function AgentLists({ query, answers, tabs }: AgentListsProps) {
  const t = useTranslations("knowledge.bench");
  const [pointed, setPointed] = useState<string | null>(null);
  const [open, setOpen] = useState<OpenPassage | null>(null);
  const [tab, setTab] = useState<BenchAgent | null>(null);
  const overlap = compareAgents(answers);
  const columnOf = (answer: AgentAnswer) => (
    <AgentColumn
      answer={answer}
      query={query}
      overlap={overlap}
      pointed={pointed ?? open?.passageId ?? null}
      open={open?.agent === answer.agent ? open.passageId : null}
      onPoint={setPointed}
      onOpen={(passageId) => setOpen(passageId === null ? null : { agent: answer.agent, passageId })}
    />
  );
  if (!tabs) {
    return (
      // biome-ignore lint/a11y/noStaticElementInteractions: arrow keys between the buttons inside
      <div onKeyDown={handleBenchKey} className={cn("grid items-start gap-3", COLUMNS[answers.length])}>
        {answers.map((answer) => (
          <section key={answer.agent} aria-label={answer.agent} data-agent={answer.agent}>
            {columnOf(answer)}
          </section>
        ))}
      </div>
    );
  }
  const current = answers.find(({ agent }) => agent === tab) ?? answers[0];
  return (
    <Tabs
      value={current?.agent ?? ""}
      onValueChange={(agent) => setTab(answers.find((one) => one.agent === agent)?.agent ?? null)}
    >
      <TabsList aria-label={t("agents")} className="-mx-6 max-sm:-mx-4 px-4!">
        {answers.map(({ agent }) => (
          <TabsTrigger key={agent} value={agent}>
            {t(`agent.${agent}`)}
          </TabsTrigger>
        ))}
      </TabsList>
      {answers.map((answer) => (
        <TabsContent
          key={answer.agent}
          value={answer.agent}
          data-agent={answer.agent}
          onKeyDown={handleBenchKey}
          className="pt-3"
        >
          {columnOf(answer)}
        </TabsContent>
      ))}
    </Tabs>
  );
}
