import { cookies, headers } from "next/headers";
import type { Runtime } from "@/lib/runtime";
import { BROWSER_COOKIE, type Caller, ROLE_COOKIE } from "@/lib/security/access";

/** Who asks for a page. Throws `unauthorized` for a bearer token that nobody has. */
export async function pageCaller({ access }: Pick<Runtime, "access">): Promise<Caller> {
  const [sent, jar] = await Promise.all([headers(), cookies()]);
  return access.identify({
    authorization: sent.get("authorization"),
    roleCookie: jar.get(ROLE_COOKIE)?.value ?? null,
    browserCookie: jar.get(BROWSER_COOKIE)?.value ?? null,
  });
}
