"use client";

import { Moon, Sun } from "lucide-react";
import { useTranslations } from "next-intl";
import { useTheme } from "next-themes";
import type { ComponentProps } from "react";
import { cn } from "@/components/ui/cn";
import type { Glyph } from "@/components/ui/icon";
import { IconButton } from "@/components/ui/icon-button";
import { Menu, MenuChoice, MenuContent, MenuRadioGroup, MenuTrigger } from "@/components/ui/menu";

const THEMES = ["light", "dark", "system"] as const;

export function ThemeSwitch() {
  const t = useTranslations("nav");
  const { theme, setTheme } = useTheme();
  return (
    <Menu>
      <MenuTrigger asChild>
        <IconButton icon={ThemeGlyph} label={t("theme")} side="top" />
      </MenuTrigger>
      <MenuContent align="end">
        <MenuRadioGroup value={theme ?? "system"} onValueChange={setTheme}>
          {THEMES.map((name) => (
            <MenuChoice key={name} value={name} title={t(name)} />
          ))}
        </MenuRadioGroup>
      </MenuContent>
    </Menu>
  );
}

/** The style sheet picks the one to show: the server does not know the theme, and a guess would flicker. */
function ThemeGlyph({ className, ...props }: ComponentProps<Glyph>) {
  return (
    <>
      <Moon {...props} className={cn(className, "dark:hidden")} />
      <Sun {...props} className={cn(className, "hidden dark:block")} />
    </>
  );
}
