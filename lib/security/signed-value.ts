import { sign, unsign } from "cookie-signature";

/** Signs and verifies small values with rotation: the first secret signs, all of them verify. */
export interface Signer {
  sign(value: string): string;
  /** The value, or null when no secret made this signature. */
  verify(signed: string): string | null;
}

/** Throws when there is no secret: then nothing could be signed. */
export function createSigner(secrets: readonly string[]): Signer {
  const [first] = secrets;
  if (first === undefined) throw new Error("a signer needs at least one secret");
  return {
    sign: (value) => sign(value, first),
    verify: (signed) => {
      for (const secret of secrets) {
        const value = unsign(signed, secret);
        if (value !== false) return value;
      }
      return null;
    },
  };
}
