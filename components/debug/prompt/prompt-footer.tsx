import { Check, ChevronDown, Terminal } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useMemo, useState } from "react";
import { Button } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";
import { IconButton } from "@/components/ui/icon-button";
import { Menu, MenuContent, MenuItem, MenuTrigger } from "@/components/ui/menu";
import { useCopy } from "@/components/ui/use-copy";
import type { Generation } from "@/lib/domain/run-record";
import { buildCurl } from "@/lib/run-view/curl";
import { isMasked, type ModelCall } from "@/lib/run-view/model-call";
import { buildNodeCall } from "@/lib/run-view/node-call";
import { fetchPayload, type PayloadHandle } from "../use-payload";
import { wholeGeneration } from "./whole-generation";

interface PromptFooterProps {
  requestId: string;
  generation: Generation;
  /** Whether all of the prompt is there. */
  prompt: PayloadHandle;
  /** More that can be done with it. */
  children?: ReactNode;
}

/** The model call to take along. What of the prompt is not loaded yet is loaded for it. */
export function PromptFooter({ requestId, generation, prompt, children }: PromptFooterProps) {
  const t = useTranslations("debug");
  const { copied, copy } = useCopy();
  const [fault, setFault] = useState<"cut" | "failed" | null>(null);
  const masked = useMemo(() => isMasked(generation), [generation]);
  const copyAs = async (build: (call: ModelCall) => string) => {
    const loaded = await loadPrompt(requestId, prompt);
    setFault(loaded === "failed" ? "failed" : loaded?.complete === false ? "cut" : null);
    if (loaded !== "failed") copy(build(wholeGeneration(generation, [loaded])));
  };
  const warning = fault ?? (masked ? "masked" : null);
  return (
    <div className="flex flex-none flex-wrap items-center gap-2 border-line border-t bg-bg1 px-3 py-2">
      <span className="flex flex-none items-center">
        <Button onClick={() => void copyAs(buildCurl)} className="rounded-r-none!">
          <Icon of={copied ? Check : Terminal} size={14} />
          {copied ? t("copied") : t("prompt.curl")}
        </Button>
        <Menu>
          <MenuTrigger asChild>
            <IconButton
              icon={ChevronDown}
              label={t("prompt.copyAs")}
              side="top"
              className="h-7! w-6! rounded-l-none! border border-line2 border-l-0! bg-bg0! hover:bg-bg2! max-sm:h-8! max-sm:w-8!"
            />
          </MenuTrigger>
          <MenuContent align="end" side="top">
            <MenuItem onSelect={() => void copyAs(buildCurl)}>cURL</MenuItem>
            <MenuItem onSelect={() => void copyAs(buildNodeCall)}>Node.js</MenuItem>
          </MenuContent>
        </Menu>
      </span>
      {children}
      <span role="status" className="text-label text-warn">
        {warning === null ? "" : t(`prompt.${warning}`)}
      </span>
    </div>
  );
}

/** Null when the record has all of it. */
async function loadPrompt(requestId: string, { kept, payload }: PayloadHandle) {
  if (kept === null) return null;
  return payload ?? fetchPayload(requestId, kept).catch(() => "failed" as const);
}
