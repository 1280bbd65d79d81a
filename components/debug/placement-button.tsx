import { PanelRight, PictureInPicture2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { IconButton } from "@/components/ui/icon-button";

/** The other place where the panel can be, and the way there. */
export interface Placement {
  kind: "popOut" | "dock";
  run(): void;
}

export function PlacementButton({ placement: { kind, run } }: { placement: Placement }) {
  const t = useTranslations("debug.placement");
  return (
    <IconButton icon={kind === "popOut" ? PictureInPicture2 : PanelRight} label={t(kind)} onClick={run} />
  );
}
