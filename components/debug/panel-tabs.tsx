import { TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { parseAsString, parseAsStringLiteral, useQueryState } from "nuqs";
import { Icon } from "@/components/ui/icon";
import { Tabs, TabsContent, TabsList, TabsTrigger } from "@/components/ui/tabs";
import { TAB_IDS, TABS, type TabBadge, type TabId } from "./tab-registry";
import type { TabViewProps } from "./tab-view";

/** The tab in the address; one that does not exist is the timeline. */
export function useTab(): [TabId, (tab: TabId) => void] {
  const [tab, setTab] = useQueryState("tab", parseAsStringLiteral(TAB_IDS).withDefault("timeline"));
  return [tab, (next) => void setTab(next)];
}

type PanelTabsProps = Omit<TabViewProps, "spanId" | "onSelectSpan">;

export function PanelTabs(props: PanelTabsProps) {
  const t = useTranslations("debug.tabs");
  const [tab, setTab] = useTab();
  const [spanId, setSpanId] = useQueryState("span", parseAsString);
  const choose = (value: string) => {
    const chosen = TAB_IDS.find((id) => id === value);
    if (chosen) setTab(chosen);
  };
  return (
    <Tabs value={tab} onValueChange={choose} className="flex min-h-0 flex-1 flex-col">
      <TabsList aria-label={t("label")}>
        {TABS.map(({ id, badge }) => (
          <TabsTrigger
            key={id}
            value={id}
            data-tab={id}
            ref={id === tab ? scrollIntoView : undefined}
            // The tabs library focuses by script, which draws the keyboard's ring under the mouse as well.
            onMouseDown={({ currentTarget }) => currentTarget.focus({ focusVisible: false })}
          >
            {t(id)}
            <BadgeCount badge={badge(props.record)} />
          </TabsTrigger>
        ))}
      </TabsList>
      {TABS.map(({ id, View }) => (
        <TabsContent key={id} value={id} tabIndex={-1}>
          <View {...props} spanId={spanId} onSelectSpan={(next) => void setSpanId(next)} />
        </TabsContent>
      ))}
    </Tabs>
  );
}

/** On a small screen the row of tabs is wider than the panel. */
function scrollIntoView(chosen: HTMLElement | null): void {
  const row = chosen?.parentElement;
  if (row && row.scrollWidth > row.clientWidth)
    chosen.scrollIntoView({ block: "nearest", inline: "nearest" });
}

function BadgeCount({ badge }: { badge: TabBadge | null }) {
  const t = useTranslations("debug.tabs");
  if (!badge) return null;
  if (badge.tone === "plain") {
    return <span className="font-normal text-fg2 text-label tabular-nums">{badge.count}</span>;
  }
  return (
    <span className="inline-flex items-center gap-0.5 font-normal text-err text-label tabular-nums">
      <Icon of={TriangleAlert} size={12} />
      <span aria-hidden>{badge.count}</span>
      <span className="sr-only">{t("errors", { n: badge.count })}</span>
    </span>
  );
}
