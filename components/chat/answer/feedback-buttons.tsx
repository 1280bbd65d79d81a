"use client";

import { ThumbsDown, ThumbsUp } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { Popover, PopoverAnchor, PopoverContent } from "@/components/ui/popover";
import { useReturnFocus } from "@/components/ui/use-return-focus";
import type { Feedback } from "@/lib/domain/feedback";
import { FeedbackForm } from "./feedback-form";
import { useFeedback } from "./use-feedback";

interface FeedbackButtonsProps {
  sessionId: string;
  requestId: string;
  feedback: Feedback | null;
}

/** Thumbs. The vote counts with the click; thumbs down then asks for the reason. */
export function FeedbackButtons({ sessionId, requestId, feedback }: FeedbackButtonsProps) {
  const t = useTranslations("chat");
  const reasons = useTranslations("reasons");
  const { failed, vote } = useFeedback(sessionId, requestId);
  const [asking, setAsking] = useState(false);
  const returnFocus = useReturnFocus();
  const value = feedback?.value ?? null;
  const voteDown = () => {
    vote(value === "down" ? null : "down");
    setAsking(value !== "down");
  };
  return (
    <>
      <IconButton
        icon={ThumbsUp}
        label={t("actions.good")}
        pressed={value === "up"}
        onClick={() => vote(value === "up" ? null : "up")}
      />
      <Popover open={asking} onOpenChange={setAsking}>
        <PopoverAnchor>
          <IconButton
            icon={ThumbsDown}
            label={t("actions.bad")}
            pressed={value === "down"}
            onClick={voteDown}
          />
        </PopoverAnchor>
        <PopoverContent align="start" className="w-80!" aria-label={t("feedback.title")} {...returnFocus}>
          <FeedbackForm
            feedback={feedback}
            onSend={(detail) => {
              vote("down", detail);
              setAsking(false);
            }}
          />
        </PopoverContent>
      </Popover>
      {value === "down" && !asking ? (
        <Button variant="ghost" size="sm" onClick={() => setAsking(true)}>
          {feedback?.reasons.length || feedback?.comment ? reasons("change") : reasons("add")}
        </Button>
      ) : null}
      {failed ? (
        <span role="alert" className="text-err text-meta">
          {t("feedback.failed")}
        </span>
      ) : null}
    </>
  );
}
