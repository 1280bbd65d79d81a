import { existsSync } from "node:fs";
import { chromium, defineConfig } from "@playwright/test";

const installed = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(
  existsSync,
);
const executablePath = existsSync(chromium.executablePath()) ? undefined : installed;

export default defineConfig({
  testDir: "e2e",
  testMatch: "*.spec.ts",
  globalSetup: "./e2e/support/build-once.ts",
  timeout: 60_000,
  expect: { timeout: 10_000 },
  workers: 2,
  projects: [
    {
      name: "goals",
      testIgnore: "attack/**",
      // The servers of a test run beside the browsers: on a busy machine one of many hundred may come too late.
      retries: 1,
    },
    // What gets through once has got through.
    { name: "attack", testDir: "e2e/attack", retries: 0 },
  ],
  fullyParallel: false,
  forbidOnly: !!process.env.CI,
  reporter: process.env.CI ? "list" : "line",
  use: {
    browserName: "chromium",
    trace: "retain-on-failure",
    launchOptions: {
      ...(executablePath && { executablePath }),
      args: [
        "--no-sandbox",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
});
