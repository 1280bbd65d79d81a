"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import type { Feedback } from "@/lib/domain/feedback";
import type { FeedbackDetail } from "./use-feedback";

const REASONS: Feedback["reasons"] = ["wrong", "incomplete", "source", "other"];
const MAX_COMMENT = 2_000;

interface FeedbackFormProps {
  feedback: Feedback | null;
  onSend(detail: FeedbackDetail): void;
}

/** Why an answer was bad: any number of reasons and a comment, all of it optional. */
export function FeedbackForm({ feedback, onSend }: FeedbackFormProps) {
  const t = useTranslations("chat.feedback");
  const [reasons, setReasons] = useState<Feedback["reasons"]>(feedback?.reasons ?? []);
  const [comment, setComment] = useState(feedback?.comment ?? "");
  const toggle = (reason: Feedback["reasons"][number]) =>
    setReasons(reasons.includes(reason) ? reasons.filter((other) => other !== reason) : [...reasons, reason]);
  return (
    <form
      className="grid gap-2 p-3"
      onSubmit={(event) => {
        event.preventDefault();
        onSend({ reasons, comment });
      }}
    >
      <fieldset className="grid gap-1">
        <legend className="mb-1 font-semibold">{t("title")}</legend>
        {REASONS.map((reason) => (
          <label key={reason} className="flex min-h-6 items-center gap-2 max-sm:min-h-9">
            <input
              type="checkbox"
              className="size-4 accent-(--accent)"
              checked={reasons.includes(reason)}
              onChange={() => toggle(reason)}
            />
            {t(reason)}
          </label>
        ))}
      </fieldset>
      <textarea
        className="min-h-16 w-full resize-y rounded-row border border-line2 bg-bg0 px-2 py-1.5 focus:border-accent focus:outline-none focus:ring-1 focus:ring-accent"
        rows={3}
        maxLength={MAX_COMMENT}
        aria-label={t("comment")}
        placeholder={t("comment")}
        value={comment}
        onChange={(event) => setComment(event.target.value)}
      />
      <Button type="submit" variant="primary" className="justify-self-end">
        {t("send")}
      </Button>
    </form>
  );
}
