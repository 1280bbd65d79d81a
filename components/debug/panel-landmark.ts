import type { PanelMode } from "./tab-view";

/** What the panel is to assistive technology, by its place in the page. */
export function panelLandmark(mode: PanelMode, label: string) {
  switch (mode) {
    case "docked":
      return { role: "complementary", "aria-label": label } as const;
    case "page":
      return { role: "main", "aria-label": label } as const;
    case "overlay":
    case "sheet":
      return { role: "dialog", "aria-modal": true, "aria-label": label } as const;
  }
}
