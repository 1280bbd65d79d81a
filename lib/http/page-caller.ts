import { cookies, headers } from "next/headers";
import { AppError } from "@/lib/errors";
import type { Runtime } from "@/lib/runtime";
import { BROWSER_COOKIE, type Caller, ROLE_COOKIE } from "@/lib/security/access";

/** Who asks for a page. A page has no words for a token that nobody has: its sender is a user without an own id. */
export async function pageCaller({ access }: Pick<Runtime, "access">): Promise<Caller> {
  const [sent, jar] = await Promise.all([headers(), cookies()]);
  try {
    return access.identify({
      authorization: sent.get("authorization"),
      roleCookie: jar.get(ROLE_COOKIE)?.value ?? null,
      browserCookie: jar.get(BROWSER_COOKIE)?.value ?? null,
    });
  } catch (error) {
    if (error instanceof AppError) return { roles: ["user"], browserId: null };
    throw error;
  }
}
