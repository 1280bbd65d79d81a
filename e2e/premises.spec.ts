import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { startApp } from "./support/app-server";
import { createClient } from "./support/ask";
import { createDocuments } from "./support/documents";
import { expect, test } from "./support/fixtures";
import { askInPage, openAsDeveloper, untilAnswered } from "./support/page";

const GUARD = pathToFileURL("e2e/support/connection-guard.mjs").href;

/** Settings under which a process notes what it would have sent off the machine, and the notes. */
function createGuard() {
  const folder = mkdtempSync(join(tmpdir(), "sidetrace-guard-"));
  const file = join(folder, "connections");
  return {
    settings: { NODE_OPTIONS: `--import ${GUARD}`, CONNECTION_LOG: file, NO_COLOR: "1" },
    notes: () => (existsSync(file) ? readFileSync(file, "utf8").split("\n").filter(Boolean) : []),
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
}

test("with the offline model and without Langfuse, nothing leaves the machine", async ({ page }) => {
  using guard = createGuard();
  await using app = await startApp(guard.settings);
  const asked: string[] = [];
  page.context().on("request", (request) => asked.push(request.url()));

  const admin = createClient(app.url, "admin");
  const { createBase, send, ended } = createDocuments(admin);
  await createBase("premises");
  const { jobs } = await send("premises", {
    "kettle.md":
      "# Kettle\n\nThe Zephyr kettle boils at 97 degrees. ![](https://pictures.example/kettle.png)\n",
  });
  expect((await ended(jobs)).map(({ state }) => state)).toEqual(["done"]);
  const { frames } = await admin.answer({ message: "At what temperature does the Zephyr kettle boil?" });
  expect(frames.at(-1)).toMatchObject({ status: "done", finish_reason: "stop" });

  await openAsDeveloper(page, app.url);
  await askInPage(page, "How long is debug data kept?");
  await untilAnswered(page);
  await page.keyboard.press("Control+.");
  await expect(page.getByRole("complementary")).toBeVisible();
  await page.goto(`${app.url}/knowledge`);
  await expect(page.getByRole("heading").first()).toBeVisible();

  expect(asked.length).toBeGreaterThan(10);
  const { origin } = new URL(app.url);
  expect(asked.filter((address) => !address.startsWith(origin) && !/^(data|blob):/.test(address))).toEqual(
    [],
  );
  expect(guard.notes()).toEqual([]);
});

test("the guard sees every way off the machine, and lets nothing through", () => {
  using guard = createGuard();
  // 192.0.2.1 and .invalid are reserved: nobody is there, and the guard refuses before anybody is asked.
  const program = `
    import dgram from "node:dgram";
    import { lookup } from "node:dns/promises";
    import { connect } from "node:net";
    const ways = [
      () => fetch("http://192.0.2.1/"),
      () => fetch("https://host.invalid/"),
      () => lookup("host.invalid"),
      () => new Promise((_, reject) => connect(9, "192.0.2.1").once("error", reject)),
      async () => dgram.createSocket("udp4").send("x", 9, "192.0.2.1"),
    ];
    const codes = await Promise.all(ways.map((way) => way().catch((error) => error.cause?.code ?? error.code)));
    console.log(codes.join());
    process.exit();
  `;
  const { PATH } = process.env;
  const printed = execFileSync(process.execPath, ["--input-type=module", "--eval", program], {
    env: { PATH, NODE_ENV: "test", ...guard.settings },
    encoding: "utf8",
  });
  expect(printed.trim()).toBe("EGUARD,EGUARD,EGUARD,EGUARD,EGUARD");
  expect(guard.notes().toSorted()).toEqual([
    "connect 192.0.2.1",
    "connect 192.0.2.1",
    "connect host.invalid",
    "lookup host.invalid",
    "send 192.0.2.1",
  ]);
});
