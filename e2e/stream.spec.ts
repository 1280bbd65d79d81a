import { expect, test } from "./support/fixtures";
import { askInPage, untilAnswered } from "./support/page";

const QUESTION = "What does the debug sidebar show?";

function gate() {
  let open = () => {};
  const until = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { until, open };
}

test("Stop keeps what was written and says so", async ({ scripted: { app, model }, page }) => {
  model.script({
    pieces: ["Only half", " of it."],
    holdAt: { index: 1, until: new Promise<void>(() => {}) },
  });
  await page.goto(app.url);
  const answer = await askInPage(page, QUESTION);
  await expect(answer).toContainText("Only half");
  await page.getByRole("button", { name: /^Stop/ }).click();
  await expect(answer.getByText("Stopped")).toBeVisible();
  await expect(answer).toContainText("Only half");
  await page.reload();
  await expect(page.getByText("Only half")).toBeVisible();
  await expect(page.getByRole("article").getByText("Stopped")).toBeVisible();
});

test("after a reload in mid-stream the answer goes on without gap or duplicate", async ({
  scripted: { app, model },
  page,
}) => {
  const held = gate();
  const pieces = ["Alpha ", "beta ", "gamma ", "delta."];
  model.script({ pieces, holdAt: { index: 2, until: held.until } });
  await page.goto(app.url);
  const answer = await askInPage(page, QUESTION);
  await expect(answer).toContainText("Alpha beta");
  await page.reload();
  await expect(page.getByText("Alpha beta")).toBeVisible();
  held.open();
  await untilAnswered(page);
  await expect(page.getByText("Alpha beta gamma delta.", { exact: true })).toBeVisible();
});

test("a fault of the model is one sentence with Retry, and Retry answers", async ({
  scripted: { app, model },
  page,
}) => {
  model.script({ status: 500 });
  await page.goto(app.url);
  const answer = await askInPage(page, QUESTION);
  await expect(answer.getByRole("alert")).toContainText("The model did not answer");
  model.script({ pieces: ["Now it works."] });
  await answer.getByRole("button", { name: "Retry" }).click();
  await expect(page.getByText("Now it works.")).toBeVisible();
});

test("regenerating keeps both versions", async ({ scripted: { app, model }, page }) => {
  model.script({ pieces: ["First version."] });
  await page.goto(app.url);
  await askInPage(page, QUESTION);
  await untilAnswered(page);
  model.script({ pieces: ["Second version."] });
  await page.getByRole("button", { name: "Regenerate" }).click();
  await expect(page.getByText("Second version.")).toBeVisible();
  await expect(page.getByText("2 / 2")).toBeVisible();
  await page.getByRole("button", { name: "Previous version" }).click();
  await expect(page.getByText("First version.")).toBeVisible();
});

test("Markdown of a model runs no script and loads nothing from elsewhere", async ({
  scripted: { app, model },
  page,
}) => {
  const foreign: string[] = [];
  page.on("request", (request) => {
    if (!request.url().startsWith(app.url) && !request.url().startsWith("data:")) foreign.push(request.url());
  });
  await page.addInitScript(() => Object.assign(window, { ran: false }));
  const hostile = [
    "![pixel](http://127.0.0.1:9/leak.png) <img src=http://127.0.0.1:9/x onerror='window.ran=true'>",
    "<script>window.ran = true</script> [link](javascript:window.ran=true) [data](data:text/html,hi)",
    '<iframe src="http://127.0.0.1:9/"></iframe>',
    "[fine](https://example.org/page)",
  ].join("\n\n");
  model.script({ pieces: [hostile] });
  await page.goto(app.url);
  const answer = await askInPage(page, QUESTION);
  await untilAnswered(page);
  await expect(answer.getByRole("link", { name: /fine/ })).toHaveAttribute("rel", /noopener/);
  await expect(answer.locator("img, iframe, script")).toHaveCount(0);
  await expect(answer.locator('a[href^="javascript"], a[href^="data"]')).toHaveCount(0);
  expect(await page.evaluate(() => Reflect.get(window, "ran"))).toBe(false);
  expect(foreign).toEqual([]);
});
