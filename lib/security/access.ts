import { AppError } from "@/lib/errors";
import { bearerToken } from "./bearer-token";
import { type Role, type RoleTokens, roleOfToken, rolesFor, tokenFingerprint } from "./roles";
import type { Signer } from "./signed-value";

export const ROLE_COOKIE = "sidetrace_role";
export const BROWSER_COOKIE = "sidetrace_browser";

/** Who asks. */
export interface Caller {
  roles: readonly Role[];
  /** The browser's signed id; null when it has none yet. */
  browserId: string | null;
}

/** What a request proves itself with. */
export interface Credentials {
  authorization: string | null;
  roleCookie: string | null;
  browserCookie: string | null;
}

export interface Access {
  /** Throws `unauthorized` for a bearer token that nobody has; a stale cookie is just a user. */
  identify(credentials: Credentials): Caller;
  /** The cookie value that keeps a role; throws `unauthorized` for an unknown token. */
  roleCookie(token: string): string;
  browserCookie(browserId: string): string;
}

export function createAccess(tokens: RoleTokens, signer: Signer): Access {
  const roleOfCookie = (cookie: string): Role => {
    const value = signer.verify(cookie);
    const matches = (role: "debug" | "admin") => {
      const token = tokens[role];
      return token !== null && value === `${role}:${tokenFingerprint(token)}`;
    };
    if (matches("admin")) return "admin";
    return matches("debug") ? "debug" : "user";
  };
  const requireRole = (token: string): Role => {
    const role = roleOfToken(token, tokens);
    if (!role)
      throw new AppError(
        "unauthorized",
        "This token is not known here. Use the link that the server printed.",
      );
    return role;
  };
  return {
    identify({ authorization, roleCookie, browserCookie }) {
      const bearer = bearerToken(authorization);
      const role = bearer ? requireRole(bearer) : roleOfCookie(roleCookie ?? "");
      return { roles: rolesFor(role), browserId: browserCookie ? signer.verify(browserCookie) : null };
    },
    roleCookie(token) {
      const role = requireRole(token);
      return signer.sign(`${role}:${tokenFingerprint(token)}`);
    },
    browserCookie: (browserId) => signer.sign(browserId),
  };
}

/** Throws `forbidden` unless the caller has the role. Call it before any look-up. */
export function requireRole(caller: Caller, role: Role): void {
  if (!caller.roles.includes(role)) {
    throw new AppError(
      "forbidden",
      `This needs the ${role} role. Open the link with the token, or send it as a bearer token.`,
    );
  }
}
