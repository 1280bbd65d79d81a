/** A prompt as it is kept outside of the code. */
export interface ManagedPrompt {
  name: string;
  version: number;
  /** With `{{variables}}`. */
  template: string;
}

/** Port: the prompt that answers are made with. */
export interface PromptSource {
  /** As it was last loaded, at once; null where there is none, or none yet: then the built-in one is used. */
  current(): ManagedPrompt | null;
}

/** Where prompts are not managed. */
export const noPromptSource: PromptSource = { current: () => null };
