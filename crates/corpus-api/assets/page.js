// The live parts of the page: facts light up their words, keys go from fact to fact, a citation is copied; files are
// dropped in, and a build tells what it does; a plot wider than the screen opens where it has something.
"use strict";
(() => {
  for (const plot of document.querySelectorAll(".scroll > svg.plot")) {
    const box = plot.parentElement;
    if (!plot.querySelector("a") || box.scrollWidth <= box.clientWidth) continue;
    const marks = [...plot.querySelectorAll("a")].map((mark) => mark.getBoundingClientRect()).map((mark) => mark.left + mark.width / 2).sort((a, b) => a - b);
    // Half of the marks lie behind the middle one.
    const [first, last] = [marks[0], marks[marks.length - 1]];
    const middle = last - first < box.clientWidth * 0.8 ? (first + last) / 2 : marks[Math.floor(marks.length / 2)];
    box.scrollLeft = middle - box.getBoundingClientRect().left - box.clientWidth / 2;
    // What stands before the rows stays in sight.
    const names = plot.querySelectorAll("text.before");
    const follow = () => {
      const left = (box.scrollLeft / plot.getBoundingClientRect().width) * plot.viewBox.baseVal.width;
      for (const name of names) name.setAttribute("transform", `translate(${left} 0)`);
    };
    box.addEventListener("scroll", follow, { passive: true });
    follow();
  }
})();
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
  const leave = () => {
    if (current >= 0) facts[current].classList.remove("current");
    current = -1;
    dim();
    tell("");
    if (reader.contains(document.activeElement)) document.activeElement.blur();
    getSelection().removeAllRanges();
  };
  const citation = (fact) => fact.querySelector(".cite bdi").textContent;
  /** The words that are selected in the text, as they are cited; nothing without any. */
  const selected = () => {
    const selection = getSelection();
    const words = selection.toString().trim().replace(/\s+/g, " ");
    const from = selection.anchorNode && selection.anchorNode.parentElement.closest(".block");
    if (!words || !from) return "";
    const { title, place, date } = reader.dataset;
    return `“${words}” (${title}, ${date}, ${place}, line ${from.querySelector(".line").textContent})`;
  };
  const said = reader.querySelector(".said");
  let goes;
  /** Says something for a few seconds. */
  const tell = (text) => {
    clearTimeout(goes);
    said.textContent = text;
    if (text) goes = setTimeout(() => tell(""), 5000);
  };
  const copy = (text) => {
    if (!text || !navigator.clipboard) return;
    navigator.clipboard.writeText(text).then(
      () => tell(`Copied: ${text}`),
      () => tell("The browser does not let a page copy; the citation stands under “why?”."),
    );
  };

  facts.forEach((fact, index) => {
    const button = fact.querySelector(".copy");
    button.hidden = !navigator.clipboard;
    button.addEventListener("click", () => copy(citation(fact)));
    fact.addEventListener("mouseenter", () => light(fact));
    fact.addEventListener("mouseleave", () => (current < 0 ? dim() : light(facts[current])));
    fact.querySelector("a").addEventListener("focus", () => light(fact));
    fact.querySelector("a").addEventListener("click", (event) => {
      event.preventDefault();
      show(index);
    });
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || /input|textarea|select/i.test(event.target.tagName)) return;
    if (event.key === "n") show(current + 1);
    else if (event.key === "p") show(current < 0 ? -1 : current - 1);
    else if (event.key === "c") copy(selected() || (current >= 0 && citation(facts[current])));
    else if (event.key === "Escape") leave();
  });
})();
(() => {
  const drop = document.querySelector("form.drop");
  if (!drop) return;
  const told = drop.querySelector(".told");
  const say = (words) => {
    const line = document.createElement("li");
    line.textContent = words;
    told.append(line);
    while (told.children.length > 6) told.firstChild.remove();
  };
  // What a build has told stays to be read when the pile is shown anew.
  const KEPT = "told";
  for (const line of JSON.parse(sessionStorage.getItem(KEPT) || "[]")) say(line);
  sessionStorage.removeItem(KEPT);
  const follow = (id) => {
    const events = new EventSource(`/v1/jobs/${id}/events`);
    events.addEventListener("progress", (event) => say(JSON.parse(event.data).message));
    for (const end of ["done", "failed", "cancelled"]) {
      events.addEventListener(end, (event) => {
        events.close();
        say(JSON.parse(event.data).message);
        if (end !== "done") return;
        sessionStorage.setItem(KEPT, JSON.stringify([...told.children].map((line) => line.textContent)));
        location.reload();
      });
    }
  };
  const send = async (files) => {
    if (!files.length) return;
    const body = new FormData();
    for (const file of files) body.append("file", file);
    say(`sending ${files.length} file${files.length === 1 ? "" : "s"}`);
    try {
      const answer = await fetch("/v1/jobs", { method: "POST", body, headers: { accept: "application/json" } });
      const job = await answer.json();
      if (answer.ok) follow(job.id);
      else say(job.detail);
    } catch {
      say("the server does not answer");
    }
  };
  drop.addEventListener("submit", (event) => {
    event.preventDefault();
    send(drop.querySelector("input[type=file]").files);
  });
  for (const [name, over] of [["dragenter", true], ["dragover", true], ["dragleave", false], ["drop", false]]) {
    drop.addEventListener(name, (event) => {
      event.preventDefault();
      drop.classList.toggle("over", over);
    });
  }
  drop.addEventListener("drop", (event) => send(event.dataTransfer.files));
})();
(() => {
  const told = document.querySelector("[data-job]");
  if (!told) return;
  let seen = +told.dataset.seen;
  const events = new EventSource(`/v1/jobs/${told.dataset.job}/events`);
  const say = (event) => {
    if (+event.lastEventId <= seen) return;
    seen = +event.lastEventId;
    const line = document.createElement("li");
    line.textContent = JSON.parse(event.data).message;
    told.append(line);
  };
  events.addEventListener("progress", say);
  for (const end of ["done", "failed", "cancelled"]) {
    events.addEventListener(end, () => {
      events.close();
      location.reload();
    });
  }
})();
