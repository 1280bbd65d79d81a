import { createContext } from "react";
import type { Language } from "./language-name";

/** The languages that the page can be in; the server knows them. */
export const LanguagesContext = createContext<readonly Language[]>([]);
