import { expectNoViolations } from "./support/axe";
import { expect, test } from "./support/fixtures";
import { askInPage, overflowOf, untilAnswered } from "./support/page";
import { inEveryView } from "./support/screens";

const COLUMNS = Array.from({ length: 9 }, (_, n) => `LongColumnHeading${n}`);
const ANSWER = [
  `| ${COLUMNS.join(" | ")} |\n|${"---|".repeat(9)}\n| a, b | -5 | =1+1 |${" x |".repeat(6)}`,
  "```python\ndef rotate(key):\n    return key  # done\n```",
  "```mermaid\ngraph TD; A-->B\n```",
  "The energy is $E = mc^2$, for $5 and $10 alike.",
  "\\[ \\sum_{i=1}^{n} x_i = \\frac{a + b + c + d + e + f + g + h + i + j + k + l + m + n + o + p}{q} \\]",
  "![the plan](https://pictures.example/plan.png) and [a page](https://example.org/page)",
  "<b>no HTML</b> <script>window.ran = true</script>",
];

inEveryView(({ text, name }) => {
  test("tables, code, formulas, pictures and links of an answer", async ({
    scripted: { app, model },
    page,
    context,
  }) => {
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    const foreign: string[] = [];
    page.on("request", (request) => {
      if (!request.url().startsWith(app.url) && !request.url().startsWith("data:"))
        foreign.push(request.url());
    });
    model.script({ pieces: ANSWER.map((block) => `${block}\n\n`) });
    await page.goto(app.url);
    const answer = await askInPage(page, "Show everything.");
    await untilAnswered(page);
    const clipboard = () => page.evaluate(() => navigator.clipboard.readText());

    const table = answer.locator("figure").filter({ has: page.getByRole("table") });
    await table.hover();
    await table.getByRole("button", { name: text("Copy as CSV", "复制为 CSV") }).click();
    await expect.poll(clipboard).toBe(`${COLUMNS.join(",")}\r\n"a, b",-5,"'=1+1",x,x,x,x,x,x`);
    const box = table.locator("[tabindex='0']");
    expect(await box.evaluate((element) => element.scrollWidth - element.clientWidth)).toBeGreaterThan(0);

    const code = answer.locator("figure").filter({ hasText: "python" });
    await expect(code.locator(".hljs-keyword").first()).toHaveText("def");
    await code.getByRole("button", { name: text("Copy code", "复制代码") }).click();
    await expect.poll(clipboard).toBe("def rotate(key):\n    return key  # done\n");
    await expect(answer.locator("figure").filter({ hasText: "mermaid" }).locator("code")).toHaveText(
      "graph TD; A-->B\n",
    );

    await expect(answer.locator(".katex")).toHaveCount(2);
    await expect(answer.locator(".katex-display")).toBeVisible();
    await expect(answer.getByText("for $5 and $10 alike.")).toBeVisible();
    expect(
      await page.evaluate(async () => {
        await document.fonts.ready;
        return [...document.fonts].some(({ family, status }) => /KaTeX/.test(family) && status === "loaded");
      }),
    ).toBe(true);

    const picture = answer.getByRole("link", { name: /the plan/ });
    await expect(picture).toContainText("(pictures.example)");
    const link = answer.getByRole("link", { name: /a page/ });
    await expect(link).toContainText("(example.org)");
    await expect(link).toHaveAttribute("rel", "noopener noreferrer nofollow");
    await expect(answer.locator("img, script, b")).toHaveCount(0);
    expect(foreign).toEqual([]);
    expect(await overflowOf(page)).toBeLessThanOrEqual(0);
    await expectNoViolations(page, name);
  });
});

test("nothing of the formulas is loaded before there is one", async ({ scripted: { app, model }, page }) => {
  const fonts: string[] = [];
  page.on("request", (request) => {
    if (/katex/i.test(request.url())) fonts.push(request.url());
  });
  model.script({ pieces: ["It costs $5, or $10."] });
  await page.goto(app.url);
  await askInPage(page, "How much?");
  await untilAnswered(page);
  await page.waitForLoadState("networkidle");
  expect(fonts).toEqual([]);
});
