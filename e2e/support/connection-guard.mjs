// Loaded before everything else of a process (node --import): refuses each connection and each look-up of a name
// that would leave the machine, before anything is sent, and notes it in the file CONNECTION_LOG.
import dgram from "node:dgram";
import dns from "node:dns";
import { appendFileSync } from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import net from "node:net";

const log = process.env.CONNECTION_LOG;
const LOOPBACK = /^(localhost|127(\.\d+){3}|::1|0\.0\.0\.0|::|::ffff:127(\.\d+){3})$/;

function refuse(how, host) {
  appendFileSync(log, `${how} ${host}\n`);
  return Object.assign(new Error(`${how} to ${host} was refused by the guard`), { code: "EGUARD" });
}

const connect = net.Socket.prototype.connect;
net.Socket.prototype.connect = function guardedConnect(...args) {
  const [first, second] = Array.isArray(args[0]) ? args[0] : args;
  const options = typeof first === "object" ? first : { port: first, host: second };
  const host = options.path ? "localhost" : (options.host ?? "localhost");
  if (LOOPBACK.test(host)) return connect.apply(this, args);
  const error = refuse("connect", host);
  process.nextTick(() => this.destroy(error));
  return this;
};

const send = dgram.Socket.prototype.send;
dgram.Socket.prototype.send = function guardedSend(...args) {
  const host = args.findLast((arg) => typeof arg === "string") ?? "localhost";
  if (LOOPBACK.test(host)) return send.apply(this, args);
  throw refuse("send", host);
};

for (const [resolver, isPromise] of [
  [dns, false],
  [dns.promises, true],
]) {
  for (const name of [
    "lookup",
    "resolve",
    "resolve4",
    "resolve6",
    "resolveAny",
    "resolveSrv",
    "resolveTxt",
  ]) {
    const original = resolver[name];
    resolver[name] = function guardedLookup(host, ...rest) {
      if (LOOPBACK.test(host) || net.isIP(host)) return original.call(this, host, ...rest);
      const error = refuse(name, host);
      if (isPromise) return Promise.reject(error);
      return process.nextTick(rest.at(-1), error);
    };
  }
}
syncBuiltinESMExports();
