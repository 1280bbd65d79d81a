"use client";

import { History, Search } from "lucide-react";
import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import { isComposing } from "@/components/chat/is-composing";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { Icon } from "@/components/ui/icon";
import { Field, TextArea, TextInput } from "@/components/ui/text-field";
import type { KnowledgeBaseSummary } from "@/lib/domain/knowledge-base-summary";
import { AgentToggles } from "./agent-toggles";
import { BaseSelect } from "./base-select";
import { type BenchQuery, MAX_TOP_K } from "./bench-query";

interface BenchFormProps {
  query: BenchQuery;
  /** undefined while loading */
  bases: readonly KnowledgeBaseSummary[] | undefined;
  searching: boolean;
  onSubmit(query: BenchQuery): void;
}

/** What is to be searched, and by which agents. */
export function BenchForm({ query, bases, searching, onSubmit }: BenchFormProps) {
  const t = useTranslations("knowledge.bench");
  const [draft, setDraft] = useState(query);
  const [topK, setTopK] = useState(String(query.k));
  const [history, setHistory] = useState(query.history.join("\n"));
  const [showHistory, setShowHistory] = useState(query.history.length > 0);
  const historyId = useId();
  const kb = draft.kb || query.kb;
  const k = Number(topK);
  const topKIsWrong = !/^\d+$/.test(topK) || k < 1 || k > MAX_TOP_K;
  const ready = draft.q.trim() !== "" && kb !== "" && draft.agents.length > 0 && !topKIsWrong;
  const submit = () => {
    const turns = history.split("\n").map((line) => line.trim());
    if (ready) onSubmit({ ...draft, q: draft.q.trim(), kb, k, history: turns.filter((turn) => turn !== "") });
  };
  return (
    <form
      aria-label={t("title")}
      className="grid gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <div className="flex gap-2">
        <TextInput
          type="search"
          aria-label={t("query")}
          placeholder={t("query")}
          maxLength={8000}
          value={draft.q}
          onChange={(event) => setDraft({ ...draft, q: event.target.value })}
          onKeyDown={(event) => isComposing(event) && event.preventDefault()}
          className="h-9! flex-1 text-dense! max-sm:h-10!"
        />
        <Button type="submit" variant="primary" disabled={!ready || searching} className="h-9! max-sm:h-10!">
          <Icon of={Search} />
          {t("search")}
        </Button>
      </div>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <BaseSelect value={kb} bases={bases} onChange={(prefix) => setDraft({ ...draft, kb: prefix })} />
        <label className="flex items-center gap-1.5 text-fg1">
          {t("topK")}
          <input
            type="text"
            inputMode="numeric"
            aria-invalid={topKIsWrong || undefined}
            title={t("topKRange", { max: MAX_TOP_K })}
            value={topK}
            onChange={(event) => setTopK(event.target.value.trim())}
            className="h-7 w-12 rounded-chip border border-line2 bg-bg0 px-2 text-right text-fg0 tabular-nums outline-none focus:border-accent focus:outline-1 focus:outline-accent aria-invalid:border-err max-sm:h-9"
          />
        </label>
        <AgentToggles value={draft.agents} onChange={(agents) => setDraft({ ...draft, agents })} />
        <Button
          variant="ghost"
          aria-expanded={showHistory}
          aria-controls={historyId}
          onClick={() => setShowHistory(!showHistory)}
          className={cn(showHistory && "bg-bg2! text-fg0!")}
        >
          <Icon of={History} size={14} />
          {t("history")}
        </Button>
      </div>
      <div id={historyId} hidden={!showHistory}>
        <Field label={t("historyLabel")} hint={t("historyHint")}>
          {(control) => (
            <TextArea
              {...control}
              rows={2}
              value={history}
              onChange={(event) => setHistory(event.target.value)}
            />
          )}
        </Field>
      </div>
      {topKIsWrong ? (
        <p role="alert" className="text-err text-meta">
          {t("topKRange", { max: MAX_TOP_K })}
        </p>
      ) : null}
    </form>
  );
}
