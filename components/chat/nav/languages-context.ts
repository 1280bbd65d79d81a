import { createContext } from "react";
import type { Locale } from "@/lib/i18n/locale";

/** The languages that the page can be in; the server knows them. */
export const LanguagesContext = createContext<readonly Locale[]>([]);
