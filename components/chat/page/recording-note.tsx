"use client";

import { MessageSquareLock } from "lucide-react";
import { useTranslations } from "next-intl";
import { Icon } from "@/components/ui/icon";
import type { Me } from "@/lib/domain/api";
import { useMe } from "../data/use-me";

const HOUR_SECONDS = 3600;

/** Tells a reader what is kept of the conversation where others can read it, and where; or that nothing is. */
export function RecordingNote({ isPrivate }: { isPrivate: boolean }) {
  const t = useTranslations("chat.recording");
  const recording = useMe()?.recording;
  const places = usePlaces(recording);
  if (isPrivate) {
    return (
      <p className="mt-1.5 text-balance text-center text-accent text-label">
        <Icon of={MessageSquareLock} size={12} className="mr-1 inline-block! align-[-2px]" />
        {t("private")}
      </p>
    );
  }
  if (places === null) return null;
  return (
    <p className="mt-1.5 text-balance text-center text-fg2 text-label">
      {t("note", { places })} {/* A route that leads to the handbook's page in the reader's language. */}
      <a href="/help/privacy-and-roles" target="_blank" rel="noopener" className="text-accent underline">
        {t("more")}
      </a>
    </p>
  );
}

/** Who keeps the requests, and for how long; null when nobody does. */
function usePlaces(recording: Me["recording"] | undefined): string | null {
  const t = useTranslations("chat.recording");
  if (!recording) return null;
  const { debug, debug_ttl_seconds: seconds, langfuse, langfuse_host: host } = recording;
  // Most pages say nothing of a time: rules of plurals take long to make on a phone.
  const toTime = () => {
    const hours = seconds / HOUR_SECONDS;
    return Number.isInteger(hours)
      ? t("hours", { count: hours })
      : t("minutes", { count: Math.max(1, Math.round(seconds / 60)) });
  };
  const developers = debug === "all" ? t("developers", { time: toTime() }) : null;
  const traces = langfuse ? t("langfuse", { host: host ?? "" }) : null;
  if (developers && traces) return t("both", { developers, traces });
  return developers ?? traces;
}
