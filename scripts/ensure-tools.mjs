// Finds the programs that the tests need; on Debian as root it installs what is absent.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";

const tools = [
  {
    name: "Redis",
    command: "redis-server",
    debian: "redis-server",
    elsewhere: "install Redis 7 or newer so that `redis-server` is on the PATH",
  },
  {
    name: "Chromium",
    command: "chromium",
    debian: "chromium",
    elsewhere: "run `npm exec -- playwright install chromium`, or put `chromium` on the PATH",
    otherwise: hasPlaywrightBrowser,
  },
];

/** Returns when everything is there; else says how to get it and stops. */
export async function ensureTools() {
  for (const tool of tools) {
    if (onPath(tool.command) || (await tool.otherwise?.())) continue;
    if (!installOnDebian(tool)) {
      console.error(`The tests need ${tool.name}: ${tool.elsewhere}.`);
      process.exit(1);
    }
  }
}

export function onPath(command) {
  return spawnSync("sh", ["-c", `command -v ${command}`], { stdio: "ignore" }).status === 0;
}

async function hasPlaywrightBrowser() {
  const { chromium } = await import("@playwright/test");
  if (existsSync(chromium.executablePath())) return true;
  if (isDebianRoot()) return false;
  const { status } = spawnSync("npm", ["exec", "--", "playwright", "install", "chromium"], {
    stdio: "inherit",
  });
  return status === 0;
}

function installOnDebian({ name, command, debian }) {
  if (!isDebianRoot()) return false;
  console.log(`Installing ${name} (${debian}) with apt …`);
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const apt = (...args) =>
    spawnSync("apt-get", args, { stdio: ["ignore", "ignore", "inherit"], env }).status === 0;
  return apt("update") && apt("install", "-y", "--no-install-recommends", debian) && onPath(command);
}

function isDebianRoot() {
  return (
    process.getuid?.() === 0 &&
    existsSync("/etc/os-release") &&
    /debian|ubuntu/i.test(readFileSync("/etc/os-release", "utf8"))
  );
}
