/* Name and column headings of a long table stay in sight: the headings below the name, whose
   height nobody knows before it is drawn. */

const heights = "ResizeObserver" in window ? new ResizeObserver((changed) => {
  for (const { target } of changed) {
    target.parentElement.style.setProperty("--wn-head", `${target.offsetHeight}px`);
  }
}) : null;

export function keepNameInSight(block) {
  const head = block.querySelector("[data-table]") && block.querySelector(".wn-ask__head");
  if (heights && head) { heights.observe(head); }
}
