import { useFormatter, useTranslations } from "next-intl";
import type { Overview } from "@/lib/domain/overview";
import { Fact, Facts, PartCard } from "./part-card";

/** Everything beside Langfuse, two in a row. */
export function ServerParts({ overview }: { overview: Overview }) {
  return (
    <div className="grid grid-cols-2 items-start gap-4 max-sm:grid-cols-1">
      <DebugStorePart {...overview.debug_store} />
      <ModelPart {...overview.model} />
      <IndexPart {...overview.index} />
      <AboutPart overview={overview} />
    </div>
  );
}

function DebugStorePart({ state, backend, latency_ms, collect, ttl_seconds }: Overview["debug_store"]) {
  const t = useTranslations("settings.debugStore");
  const format = useFormatter();
  return (
    <PartCard title={t("title")} state={state}>
      <Facts>
        <Fact name={t("backend")}>{t(backend)}</Fact>
        <Fact name={t("latency")}>
          {latency_ms === null ? null : `${format.number(latency_ms, { maximumFractionDigits: 1 })} ms`}
        </Fact>
        <Fact name={t("collect")} setting="DEBUG_COLLECT">
          {t(collect)}
        </Fact>
        <Fact name={t("kept")} setting="DEBUG_TTL_SECONDS">
          {t("minutes", { n: Math.max(1, Math.round(ttl_seconds / 60)) })}
        </Fact>
      </Facts>
    </PartCard>
  );
}

function ModelPart({ state, name, embedding, reranker }: Overview["model"]) {
  const t = useTranslations("settings.model");
  return (
    <PartCard title={t("title")} state={state}>
      <Facts>
        <Fact name={t("chat")} setting="CHAT_MODEL">
          {name}
        </Fact>
        <Fact name={t("embedding")} setting="EMBEDDING_MODEL">
          {embedding ?? t("none")}
        </Fact>
        <Fact name={t("reranker")} setting="RERANK_MODEL">
          {reranker ?? t("none")}
        </Fact>
      </Facts>
    </PartCard>
  );
}

function IndexPart({ state, passages, place }: Overview["index"]) {
  const t = useTranslations("settings.index");
  const format = useFormatter();
  return (
    <PartCard title={t("title")} state={state}>
      <Facts>
        <Fact name={t("passages")}>{passages === null ? null : format.number(passages)}</Fact>
        <Fact name={t("place")} setting="INDEX_URI">
          {t(place)}
        </Fact>
      </Facts>
    </PartCard>
  );
}

function AboutPart({ overview: { release, node, roles } }: { overview: Overview }) {
  const t = useTranslations("settings.about");
  return (
    <PartCard title={t("title")} state={null}>
      <Facts>
        <Fact name="Sidetrace">{release}</Fact>
        <Fact name="Node">{node}</Fact>
        <Fact name={t("debug")} setting="DEBUG_TOKEN">
          {t(roles.debug ? "on" : "off")}
        </Fact>
        <Fact name={t("admin")} setting="ADMIN_TOKEN">
          {t(roles.admin ? "on" : "off")}
        </Fact>
      </Facts>
    </PartCard>
  );
}
