// A file that is too large is refused where it is chosen; a page about an import under way stays true by
// itself. Both work without this file: the server refuses, and "Look again" is a link.
const LOOK_AGAIN = 1000; // ms
const WORDS = "title, h1, #under-way [role=status]"; // touched only when they change: a status is read out
const HOW_FAR = "progress, progress ~ p"; // the bar and its percentage

for (const input of document.querySelectorAll("input[type=file][data-largest]")) {
  input.addEventListener("change", () => {
    const isTooLarge = [...input.files].some((file) => file.size > Number(input.dataset.largest));
    input.setCustomValidity(isTooLarge ? input.dataset.tooLarge : "");
    input.reportValidity();
  });
}

async function follow(shown) {
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN));
    const answer = await fetch(location.href).catch(() => null);
    if (!answer?.ok) continue; // a connection that comes back finds the import where it then is
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const now = page.getElementById("under-way");
    if (!now) return location.reload();
    const words = page.querySelectorAll(WORDS);
    document.querySelectorAll(WORDS).forEach((old, n) => {
      if (old.textContent !== words[n].textContent) old.textContent = words[n].textContent;
    });
    for (const told of shown.querySelectorAll(HOW_FAR)) told.remove();
    shown.append(...now.querySelectorAll(HOW_FAR));
  }
}

const underWay = document.getElementById("under-way");
if (underWay) follow(underWay);
