import type english from "@/messages/en.json";
import type { Locale } from "./locale";

/** English is the shape that every other language has to fill. */
export type Messages = typeof english;

/** Parts of a language that are sent with their own pages alone. */
type OwnPart = "debug" | "knowledge" | "insights" | "settings";
type PageMessages = Omit<Messages, OwnPart>;

declare module "next-intl" {
  interface AppConfig {
    Locale: Locale;
    Messages: Messages;
  }
}

/** All texts of a language. In the browser a chunk of its own, which only the debug panel asks for. */
export async function loadMessages(locale: Locale): Promise<Messages> {
  return (await import(`../../messages/${locale}.json`)).default;
}

/** Texts that every page has: all that a browser without a role is ever sent. */
export async function loadPageMessages(locale: Locale): Promise<PageMessages> {
  const {
    debug: _debug,
    knowledge: _knowledge,
    insights: _insights,
    settings: _settings,
    ...page
  } = await loadMessages(locale);
  return page;
}

/** The same with the part of one page. */
export async function loadMessagesWith<P extends OwnPart>(
  locale: Locale,
  part: P,
): Promise<PageMessages & Pick<Messages, P>> {
  const all = await loadMessages(locale);
  return { ...(await loadPageMessages(locale)), ...({ [part]: all[part] } as Pick<Messages, P>) };
}
