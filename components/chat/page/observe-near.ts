/** How far from the screen a part of the list is drawn in full: what a fast scroll covers in a blink. */
const NEAR_PX = 1500;

type Waiting = Map<Element, () => void>;
const observers = new WeakMap<Element, { observer: IntersectionObserver; waiting: Waiting }>();

/** Calls `onNear` once when an element comes near the part of its scroller that is on screen. */
export function observeNear(element: Element, scroller: Element, onNear: () => void): () => void {
  const shared = observers.get(scroller) ?? create(scroller);
  shared.waiting.set(element, onNear);
  shared.observer.observe(element);
  return () => {
    shared.waiting.delete(element);
    shared.observer.unobserve(element);
  };
}

function create(scroller: Element) {
  const waiting: Waiting = new Map();
  const observer = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) if (isIntersecting) waiting.get(target)?.();
    },
    { root: scroller, rootMargin: `${NEAR_PX}px 0px` },
  );
  const shared = { observer, waiting };
  observers.set(scroller, shared);
  return shared;
}
