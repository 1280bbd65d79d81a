import type { Runtime } from "@/lib/runtime";
import type { Caller } from "@/lib/security/access";
import type { CookieJar } from "./cookies";

/** The browser's id; one that has none yet gets it with this answer. */
export function ensureBrowser(caller: Caller, cookies: CookieJar, runtime: Runtime): string {
  if (caller.browserId) return caller.browserId;
  const browserId = runtime.ids.uuid();
  cookies.set("browser", runtime.access.browserCookie(browserId));
  return browserId;
}
