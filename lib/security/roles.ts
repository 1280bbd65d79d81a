import { createHash, timingSafeEqual } from "node:crypto";
import { z } from "zod";

export const roleSchema = z.enum(["user", "debug", "admin"]);
export type Role = z.infer<typeof roleSchema>;

/** The tokens that give roles; null: that role is off. */
export interface RoleTokens {
  debug: string | null;
  admin: string | null;
}

/** Everybody is a user; admin includes debug. */
const rolesOf = {
  user: ["user"],
  debug: ["user", "debug"],
  admin: ["user", "debug", "admin"],
} as const satisfies Record<Role, readonly Role[]>;

export function rolesFor(role: Role): readonly Role[] {
  return rolesOf[role];
}

/** The role that a token gives, or null for an unknown one. Takes the same time whatever the token is. */
export function roleOfToken(token: string, tokens: RoleTokens): Role | null {
  const admin = equalsInConstantTime(token, tokens.admin);
  const debug = equalsInConstantTime(token, tokens.debug);
  if (admin) return "admin";
  return debug ? "debug" : null;
}

function equalsInConstantTime(given: string, expected: string | null): boolean {
  const hash = (value: string) => createHash("sha256").update(value).digest();
  const same = timingSafeEqual(hash(given), hash(expected ?? ""));
  return same && expected !== null && expected !== "";
}

/**
 * The tokens of this process. Unset: random, so that only who reads the terminal has it; the empty string:
 * off; with several processes on one Redis (`shared`) a random one would differ, so unset means off.
 */
export function resolveTokens(
  given: { debug: string | undefined; admin: string | undefined },
  shared: boolean,
  random: () => string,
): RoleTokens {
  const resolve = (token: string | undefined) => {
    if (token !== undefined) return token === "" ? null : token;
    return shared ? null : random();
  };
  return { debug: resolve(given.debug), admin: resolve(given.admin) };
}

/**
 * Fingerprint of a token for the signed cookie: a changed token ends the sessions that it began.
 */
export function tokenFingerprint(token: string): string {
  return createHash("sha256").update(`sidetrace-role:${token}`).digest("base64url").slice(0, 22);
}
