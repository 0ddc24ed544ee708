// The live parts of the page: facts light up their words, keys go from fact to fact, a citation is copied.
"use strict";
(() => {
  const reader = document.querySelector(".reader");
  if (!reader) return;
  const facts = [...reader.querySelectorAll("li.fact")];
  const canLight = typeof Highlight === "function" && CSS.highlights;
  let current = -1;

  const wordsOf = (fact) => {
    const block = document.getElementById("b" + fact.dataset.block);
    return block && block.querySelector(".words");
  };
  const light = (fact) => {
    const words = wordsOf(fact);
    const text = words && words.firstChild;
    if (!text || text.nodeType !== Node.TEXT_NODE) return;
    const range = new Range();
    range.setStart(text, Math.min(+fact.dataset.start, text.length));
    range.setEnd(text, Math.min(+fact.dataset.end, text.length));
    if (canLight) CSS.highlights.set("fact", new Highlight(range));
    return range;
  };
  const dim = () => canLight && CSS.highlights.delete("fact");
  const show = (index) => {
    if (!facts.length) return;
    current = (index + facts.length) % facts.length;
    facts.forEach((fact, at) => fact.classList.toggle("current", at === current));
    const fact = facts[current];
    const comments = wordsOf(fact) && wordsOf(fact).closest("details.part");
    if (comments) comments.open = true;
    const range = light(fact);
    fact.querySelector("a").focus({ preventScroll: true });
    fact.scrollIntoView({ block: "nearest" });
    if (range) range.startContainer.parentElement.scrollIntoView({ block: "center" });
  };
  const citation = (fact) => {
    const words = wordsOf(fact).textContent.slice(+fact.dataset.start, +fact.dataset.end);
    const { title, place, date } = reader.dataset;
    return `“${words}” (${title}, ${date}, ${place}:${fact.dataset.line})`;
  };

  facts.forEach((fact, index) => {
    fact.addEventListener("mouseenter", () => light(fact));
    fact.addEventListener("mouseleave", () => (current < 0 ? dim() : light(facts[current])));
    fact.querySelector("a").addEventListener("click", (event) => {
      event.preventDefault();
      show(index);
    });
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || /input|textarea|select/i.test(event.target.tagName)) return;
    if (event.key === "n") show(current + 1);
    else if (event.key === "p") show(current < 0 ? -1 : current - 1);
    else if (event.key === "c" && current >= 0 && navigator.clipboard) {
      navigator.clipboard.writeText(citation(facts[current]));
    }
  });
})();
