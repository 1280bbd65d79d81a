import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MASK } from "@/lib/domain/mask";
import { maskText, secretShapes } from "./mask";

const secrets = [
  "sk-proj-abcdefghijklmnop1234",
  "sk-lf-11111111-2222",
  "ghp_abcdefghijklmnopqrstuvwxyz0123456789",
  "AKIAIOSFODNN7EXAMPLE",
  "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2lnbmF0dXJl",
  "ada@example.org",
  "4111 1111 1111 1111",
  "+31 6 1234 5678",
  "13812345678",
];

/** Of which secrets are made, and what is nearly one. */
const pieces = [
  ...["-----BEGIN ", "RSA ", "PRIVATE KEY-----", "sk-", "PK-", "rk-", "ghp_", "gho-", "ghs_", "ghu_"],
  ...[
    "github_pat_",
    "glpat-",
    "xoxb-",
    "AKIA",
    "AKIAIOSFODNN7EXAMPLE",
    "eyJ",
    "eyJabcdefgh.",
    ".",
    "Bearer ",
    "BEARER\t",
  ],
  ...["api_key", "access-Key", "SECRET", "password", "passwd", "Token", '"', "=", ": ", "\n", " "],
  ...[
    "https://",
    "ada:",
    "@",
    "example",
    ".org",
    "+",
    "31",
    "6 ",
    "1234",
    "138",
    "13812345678",
    "4111 1111 ",
    "abcdefgh12",
  ],
];

describe("masking", () => {
  it.each(secrets)("hides %s in the middle of a sentence", (secret) => {
    const { text } = maskText(`Why is ${secret} refused?`);
    expect(text).toBe(`Why is ${MASK} refused?`);
  });

  it("hides the value but not the name of an assignment, a bearer token, and a password in an address", () => {
    expect(maskText('api_key="abc123def"').text).toBe(`api_key="${MASK}"`);
    expect(maskText("Authorization: Bearer abcdefgh12345").text).toContain(`Bearer ${MASK}`);
    expect(maskText("redis://user:hunter22@host").text).toBe(`redis://user:${MASK}@host`);
  });

  it.each([
    "in 2026 we sold 1,200 sensors",
    "run 0190a2b3-4c5d-7e6f-8a9b-0c1d2e3f4a5b ended",
    "port 3100, 64 KiB",
    "§ 12.3.4",
  ])("leaves %s alone", (text) => {
    expect(maskText(text).text).toBe(text);
  });

  it.each(secretShapes)("sees $secret in no fewer texts by its hint", ({ hint, secret }) => {
    const found = fc
      .sample(fc.array(fc.constantFrom(...pieces), { maxLength: 12 }), { numRuns: 20_000, seed: 1 })
      .map((parts) => parts.join(""))
      .filter((text) => text.match(secret) !== null);
    expect(found).not.toEqual([]);
    expect(found.filter((text) => !hint.test(text))).toEqual([]);
  });

  it("maps offsets so that what follows a mask is found at its place", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...secrets, "plain words", " ; ")), (pieces) => {
        const original = `${pieces.join(" | ")} | END`;
        const masked = maskText(original);
        const at = masked.mapOffset(original.length - 3);
        expect(masked.text.slice(at)).toBe("END");
      }),
    );
  });

  it.each(["a.b-c", "sk-", "eyJ-", " ", "a@", "Bearer ", "token: ", "1-", "-----BEGIN "])(
    "takes no more than a moment for a long text of %j",
    (piece) => {
      const text = piece.repeat(Math.ceil(65_536 / piece.length));
      const start = performance.now();
      maskText(text);
      expect(performance.now() - start).toBeLessThan(1000);
    },
  );
});
