import { BROWSER_COOKIE, ROLE_COOKIE } from "@/lib/security/access";

const names = { role: ROLE_COOKIE, browser: BROWSER_COOKIE } as const;
type CookieName = keyof typeof names;

const YEAR_SECONDS = 365 * 24 * 3600;

/** The signed cookies of a request, and those its answer sets. */
export interface CookieJar {
  get(name: CookieName): string | null;
  set(name: CookieName, value: string): void;
  clear(name: CookieName): void;
  /** The response with the cookies that were set. */
  apply(response: Response): Response;
}

export function createCookieJar(request: Request): CookieJar {
  const given = parseCookies(request.headers.get("cookie") ?? "");
  const added: string[] = [];
  const secure = isTls(request) ? "; Secure" : "";
  const attributes = `Path=/; HttpOnly; SameSite=Strict${secure}`;
  return {
    get: (name) => given.get(names[name]) ?? null,
    set: (name, value) => {
      added.push(`${names[name]}=${encodeURIComponent(value)}; Max-Age=${YEAR_SECONDS}; ${attributes}`);
    },
    clear: (name) => {
      added.push(`${names[name]}=; Max-Age=0; ${attributes}`);
    },
    apply: (response) => {
      for (const cookie of added) response.headers.append("set-cookie", cookie);
      return response;
    },
  };
}

function parseCookies(header: string): Map<string, string> {
  return new Map(
    header.split(";").flatMap((pair) => {
      const [name, ...value] = pair.trim().split("=");
      return name ? [[name, decode(value.join("="))] as const] : [];
    }),
  );
}

function decode(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return "";
  }
}

/** What a proxy says of itself is enough: whoever lies about TLS only loses cookies of their own. */
function isTls(request: Request): boolean {
  const [forwarded] = (request.headers.get("x-forwarded-proto") ?? "").split(",");
  return forwarded?.trim() === "https" || new URL(request.url).protocol === "https:";
}
