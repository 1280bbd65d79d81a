import { describe, expect, it } from "vitest";
import { createAccess, requireRole } from "./access";
import { resolveTokens } from "./roles";
import { createSigner } from "./signed-value";

const tokens = { debug: "debug-token", admin: "admin-token" };
const access = createAccess(tokens, createSigner(["new", "old"]));
const nobody = { authorization: null, roleCookie: null, browserCookie: null };

describe("roles", () => {
  it("makes everybody a user, and includes debug in admin", () => {
    expect(access.identify(nobody).roles).toEqual(["user"]);
    expect(access.identify({ ...nobody, authorization: "Bearer debug-token" }).roles).toEqual([
      "user",
      "debug",
    ]);
    expect(access.identify({ ...nobody, authorization: "Bearer admin-token" }).roles).toEqual([
      "user",
      "debug",
      "admin",
    ]);
  });

  it("refuses an unknown token and an empty one", () => {
    for (const token of ["nope", "debug-toke", "debug-token2", "undefined", "null"]) {
      expect(() => access.identify({ ...nobody, authorization: `Bearer ${token}` })).toThrow(/not known/);
    }
  });

  it("keeps a role in a cookie until the token changes", () => {
    const roleCookie = access.roleCookie("debug-token");
    expect(access.identify({ ...nobody, roleCookie }).roles).toContain("debug");
    const rotated = createAccess({ debug: "other", admin: null }, createSigner(["new"]));
    expect(rotated.identify({ ...nobody, roleCookie }).roles).toEqual(["user"]);
  });

  it("takes no cookie that it did not sign", () => {
    const forged = createAccess(tokens, createSigner(["stranger"])).roleCookie("admin-token");
    expect(access.identify({ ...nobody, roleCookie: forged }).roles).toEqual(["user"]);
    expect(access.identify({ ...nobody, roleCookie: `admin:${"x".repeat(22)}.abc` }).roles).toEqual(["user"]);
  });

  it("still reads cookies of an old secret, and signs with the first", () => {
    const browserCookie = createAccess(tokens, createSigner(["old"])).browserCookie("b");
    expect(access.identify({ ...nobody, browserCookie }).browserId).toBe("b");
    expect(createSigner(["new"]).verify(access.browserCookie("b"))).toBe("b");
    expect(createSigner(["old"]).verify(access.browserCookie("b"))).toBeNull();
  });

  it("gives nobody a role that is switched off", () => {
    const off = createAccess({ debug: null, admin: null }, createSigner(["s"]));
    expect(() => off.identify({ ...nobody, authorization: "Bearer  " })).toThrow();
    expect(() => off.identify({ ...nobody, authorization: "Bearer x" })).toThrow();
    expect(() => requireRole(off.identify(nobody), "debug")).toThrow(/debug role/);
  });
});

describe("tokens", () => {
  const random = () => "random";
  it("are made at random when unset, off when empty, and off when unset with a shared Redis", () => {
    expect(resolveTokens({ debug: undefined, admin: "" }, false, random)).toEqual({
      debug: "random",
      admin: null,
    });
    expect(resolveTokens({ debug: undefined, admin: "a" }, true, random)).toEqual({
      debug: null,
      admin: "a",
    });
  });
});
