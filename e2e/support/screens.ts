import { test } from "./fixtures";

/** One of the screens and languages that every goal is tried in. */
export interface View {
  width: number;
  language: "en" | "zh";
  name: string;
  /** Of the two texts the one of its language. */
  text(english: string, chinese: string): string;
}

export const VIEWS: View[] = [390, 1024, 1440].flatMap((width) =>
  (["en", "zh"] as const).map((language) => ({
    width,
    language,
    name: `${width} px, ${language}`,
    text: (english: string, chinese: string) => (language === "en" ? english : chinese),
  })),
);

/** Settings of a browser that has this view; the narrow one is a phone. */
export function contextOf({ width, language }: View) {
  return {
    viewport: { width, height: width === 390 ? 844 : 900 },
    locale: language === "en" ? "en-US" : "zh-CN",
    hasTouch: width === 390,
  };
}

/** Declares tests once for each view. */
export function inEveryView(declare: (view: View) => void): void {
  for (const view of VIEWS) {
    test.describe(view.name, () => {
      test.use(contextOf(view));
      declare(view);
    });
  }
}
