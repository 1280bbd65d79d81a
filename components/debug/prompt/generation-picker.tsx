import { ChevronDown } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";
import { Menu, MenuChoice, MenuContent, MenuRadioGroup, MenuTrigger } from "@/components/ui/menu";
import type { Generation } from "@/lib/domain/run-record";

interface GenerationPickerProps {
  generations: readonly Generation[];
  shown: Generation;
  onSelect(spanId: string): void;
}

/** Which of the run's model calls is shown; with only one, its model. */
export function GenerationPicker({ generations, shown, onSelect }: GenerationPickerProps) {
  const t = useTranslations("debug.prompt");
  if (generations.length < 2) return <span className="text-fg2">{shown.model}</span>;
  return (
    <Menu>
      <MenuTrigger asChild>
        <Button size="sm" aria-label={`${t("generation")}: ${shown.purpose}, ${shown.model}`}>
          {shown.purpose} <span className="font-normal text-fg2">{shown.model}</span>
          <Icon of={ChevronDown} size={12} />
        </Button>
      </MenuTrigger>
      <MenuContent align="end">
        <MenuRadioGroup value={shown.span_id} onValueChange={onSelect}>
          {generations.map(({ span_id, purpose, name, model }) => (
            <MenuChoice key={span_id} value={span_id} title={purpose} detail={`${name} · ${model}`} />
          ))}
        </MenuRadioGroup>
      </MenuContent>
    </Menu>
  );
}
