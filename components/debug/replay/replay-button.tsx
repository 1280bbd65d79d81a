"use client";

import { RotateCcw } from "lucide-react";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";
import type { RunRecord } from "@/lib/domain/run-record";

const ReplayDialog = dynamic(() => import("./replay-dialog").then((module) => module.ReplayDialog), {
  ssr: false,
});

interface ReplayButtonProps {
  record: RunRecord;
  onSelectRequest(requestId: string): void;
}

/** Opens the settings of a replay. Nothing can be replayed before the question is known. */
export function ReplayButton({ record, onSelectRequest }: ReplayButtonProps) {
  const t = useTranslations("debug.replay");
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)} disabled={record.message === ""} aria-haspopup="dialog">
        <Icon of={RotateCcw} size={14} />
        {t("open")}
      </Button>
      {open ? (
        <ReplayDialog record={record} onSelectRequest={onSelectRequest} onClose={() => setOpen(false)} />
      ) : null}
    </>
  );
}
