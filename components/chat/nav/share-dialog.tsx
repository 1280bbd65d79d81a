"use client";

import { Check, Copy } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent } from "@/components/ui/dialog";
import { IconButton } from "@/components/ui/icon-button";
import { TextInput } from "@/components/ui/text-field";
import { useCopy } from "@/components/ui/use-copy";
import type { ShareAnswer } from "@/lib/domain/api";
import { toLanguageTag } from "@/lib/i18n/locale";
import { ApiFailure } from "../data/api-client";
import { useShare } from "../data/use-share";

interface ShareDialogProps {
  sessionId: string;
  onClose(): void;
}

/** Makes, shows and revokes the read-only link of a conversation. */
export default function ShareDialog({ sessionId, onClose }: ShareDialogProps) {
  const t = useTranslations();
  const { share, failed, create, revoke } = useShare(sessionId);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const run = async (change: () => Promise<unknown>) => {
    setBusy(true);
    setProblem(null);
    const wrong = (error: unknown) =>
      setProblem(error instanceof ApiFailure ? t("share.refused", { code: error.code }) : t("share.failed"));
    await change().catch(wrong);
    setBusy(false);
  };
  return (
    <Dialog open onOpenChange={onClose}>
      <DialogContent title={t("share.title")} closeLabel={t("common.close")}>
        <div className="grid gap-3 overflow-auto p-4">
          <p className="text-fg1">{t("share.text")}</p>
          {share ? <ShareLink share={share} /> : null}
          <p role="status" className="text-fg2 empty:hidden">
            {share === undefined && !failed ? t("common.loading") : ""}
          </p>
          {problem || failed ? (
            <p role="alert" className="text-err">
              {problem ?? t("common.notLoaded")}
            </p>
          ) : null}
          <div className="flex flex-wrap justify-end gap-2">
            {share ? (
              <Button variant="danger" disabled={busy} onClick={() => void run(revoke)}>
                {t("share.revoke")}
              </Button>
            ) : null}
            <Button
              variant={share ? "outline" : "primary"}
              disabled={busy || share === undefined}
              onClick={() => void run(create)}
            >
              {share ? t("share.renew") : t("share.create")}
            </Button>
          </div>
        </div>
      </DialogContent>
    </Dialog>
  );
}

function ShareLink({ share }: { share: NonNullable<ShareAnswer["share"]> }) {
  const t = useTranslations();
  const language = toLanguageTag(useLocale());
  const { copied, copy } = useCopy();
  const address = new URL(share.url, window.location.origin).href;
  return (
    <div className="grid gap-1">
      <div className="flex items-center gap-1.5">
        <TextInput
          readOnly
          aria-label={t("share.link")}
          value={address}
          onFocus={(event) => event.target.select()}
        />
        <IconButton
          icon={copied ? Check : Copy}
          label={copied ? t("common.copied") : t("share.copy")}
          onClick={() => copy(address)}
        />
      </div>
      <p className="text-fg2 text-meta">
        {t("share.made", {
          count: share.turns,
          date: new Date(share.at).toLocaleString(language, { dateStyle: "medium", timeStyle: "short" }),
        })}
      </p>
      <span role="status" className="sr-only">
        {copied ? t("common.copied") : ""}
      </span>
    </div>
  );
}
