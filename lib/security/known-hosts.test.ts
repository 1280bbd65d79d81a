import { describe, expect, it } from "vitest";
import { bearerToken } from "./bearer-token";
import { createHostCheck } from "./known-hosts";

const allowed = ["chat.example.com", "*.team.example"];
const names = { host: "127.0.0.1", machine: "lamp", allowed, bearerToken };
const isKnown = createHostCheck(names);
const to = (host: string | undefined, headers: Record<string, string> = {}, url = "/") => ({
  url,
  headers: { host, ...headers },
});

describe("a name that a request is sent to", () => {
  it.each([
    "localhost",
    "localhost:3100",
    "LOCALHOST:80",
    "app.localhost:3100",
    "127.0.0.1:3100",
    "[::1]:3100",
    "192.168.1.20:3100",
    "lamp:3100",
    "lamp.local",
    "chat.example.com",
    "chat.example.com.",
    "a.team.example:443",
  ])("%s is known", (host) => {
    expect(isKnown(to(host))).toBe(true);
  });

  it.each([
    undefined,
    "",
    "attacker.example",
    "attacker.example:3100",
    "localhost.attacker.example",
    "127.0.0.1.attacker.example",
    "chat.example.com.attacker.example",
    "xchat.example.com",
    "team.example",
    "lamp.attacker.example",
    "localhost, attacker.example",
    "localhost/attacker.example",
    "attacker.example@localhost",
    "[attacker.example]",
  ])("%s is not", (host) => {
    expect(isKnown(to(host))).toBe(false);
  });

  it("must be known as the proxy heard it, too", () => {
    expect(isKnown(to("127.0.0.1:3100", { "x-forwarded-host": "chat.example.com" }))).toBe(true);
    expect(isKnown(to("127.0.0.1:3100", { "x-forwarded-host": "attacker.example" }))).toBe(false);
    expect(isKnown(to("attacker.example", { "x-forwarded-host": "localhost" }))).toBe(false);
  });

  it("does not matter where a token is sent to the API, which looks at it", () => {
    const authorization = "Bearer anything";
    expect(isKnown(to("sidetrace", { authorization }, "/api/metrics"))).toBe(true);
    expect(isKnown(to("sidetrace", { authorization }, "/debug/x"))).toBe(false);
    expect(isKnown(to("sidetrace", { authorization: "Basic x" }, "/api/metrics"))).toBe(false);
    expect(isKnown(to("sidetrace", {}, "/api/metrics"))).toBe(false);
  });

  it("is the one that the server listens on, or any where that was asked for", () => {
    expect(createHostCheck({ ...names, host: "chat.internal" })(to("chat.internal:3100"))).toBe(true);
    expect(createHostCheck({ ...names, allowed: ["*"] })(to("attacker.example"))).toBe(true);
  });
});
