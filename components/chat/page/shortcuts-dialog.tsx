"use client";

import { useTranslations } from "next-intl";
import { Dialog, DialogContent } from "@/components/ui/dialog";
import { Kbd } from "@/components/ui/kbd";
import { useShortcutLabel } from "../use-shortcut-label";

interface ShortcutsDialogProps {
  /** With the keys of the debug panel. */
  debug: boolean;
  onClose(): void;
}

export default function ShortcutsDialog({ debug, onClose }: ShortcutsDialogProps) {
  const t = useTranslations();
  const label = useShortcutLabel();
  const chat = [
    ["newChat", label("newChat")],
    ["searchChats", label("search")],
    ["send", "↵"],
    ["newLine", "⇧↵"],
    ["stop", "Esc"],
    ["focusComposer", label("focus")],
    ["showKeys", label("all")],
  ] as const;
  const panel = [
    ["toggleDebug", label("debug")],
    ["move", "J K ↑ ↓"],
    ["fold", "← →"],
    ["detail", "↵"],
    ["requests", "[ ]"],
    ["tabs", "1–6"],
    ["filter", "/"],
    ["langfuse", "O"],
  ] as const;
  return (
    <Dialog open onOpenChange={onClose}>
      <DialogContent title={t("keys.title")} closeLabel={t("common.close")}>
        <div className="grid gap-4 overflow-auto p-4">
          <Keys title={t("keys.groupChat")} rows={chat.map(([name, keys]) => [t(`keys.${name}`), keys])} />
          <Keys title={t("source.label")} rows={[[t("source.keys"), "[ ]"]]} />
          {debug ? (
            <Keys
              title={t("keys.groupPanel")}
              rows={panel.map(([name, keys]) => [t(`keys.${name}`), keys])}
            />
          ) : null}
        </div>
      </DialogContent>
    </Dialog>
  );
}

function Keys({ title, rows }: { title: string; rows: readonly (readonly [string, string])[] }) {
  return (
    <section>
      <h3 className="mb-1 font-medium text-fg2 text-meta">{title}</h3>
      <dl>
        {rows.map(([name, keys]) => (
          <div
            key={name}
            className="flex min-h-8 items-center gap-4 border-line border-b py-1 last:border-b-0"
          >
            <dt className="flex-1">{name}</dt>
            <dd>
              <Kbd>{keys}</Kbd>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
