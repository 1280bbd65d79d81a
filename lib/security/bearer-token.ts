/** The token of an `Authorization` header; null where there is none. */
export function bearerToken(authorization: string | null | undefined): string | null {
  return /^Bearer\s+(.+)$/i.exec(authorization ?? "")?.[1] ?? null;
}
