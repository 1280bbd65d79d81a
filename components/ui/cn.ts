/**
 * Joins class names. Two that set the same property do not belong on one element, since the order in which they
 * are named says nothing: `class-conflicts.test.ts` finds them. What changes a primitive's own look ends in `!`.
 */
export { clsx as cn } from "clsx";
