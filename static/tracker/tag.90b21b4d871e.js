// The desk's keys. The page works without them: they move the current row, mark words, and follow the
// same links and forms. Letters act only while the transcript has the focus, and can be switched off.
const transcript = document.querySelector('#transcript');
const panel = document.querySelector('#form');
const rows = [...transcript.querySelectorAll('.row')];
const lettersOn = document.querySelector('#keys-on');
const kept = `draft ${transcript.dataset.hearing}`;

let first = Math.max(0, rows.findIndex(row => row.hasAttribute('aria-current')));
let last = first;

function show(from, to = from) {
  if (!rows[from] || !rows[to]) return;
  rows.slice(first, last + 1).forEach(row => row.removeAttribute('aria-current'));
  first = from;
  last = to;
  rows.slice(first, last + 1).forEach(row => row.setAttribute('aria-current', 'true'));
  rows[last].scrollIntoView({ block: 'nearest' });
}

function seek(step) {
  for (let i = first + step; rows[i]; i += step) {
    if (rows[i].classList.contains('sugg')) return show(i);
  }
}

// Characters of a row's words before a place in it, as the server counts them.
function offsetIn(row, node, offset) {
  const words = row.querySelector('p');
  if (!words.contains(node)) return null;
  const range = document.createRange();
  range.selectNodeContents(words);
  range.setEnd(node, offset);
  return [...range.toString()].length;
}

// The words marked by mouse, as ids and offsets; null where none are.
function marked() {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const { startContainer, startOffset, endContainer, endOffset } = selection.getRangeAt(0);
  const from = startContainer.parentElement?.closest('.row');
  const to = endContainer.parentElement?.closest('.row');
  if (!from || !to) return null;
  const start = offsetIn(from, startContainer, startOffset) ?? 0;
  const end = offsetIn(to, endContainer, endOffset);
  const place = { u: from.dataset.u, to: to.dataset.u, start };
  return end === null ? place : { ...place, end };
}

async function tag() {
  const place = marked() ?? { u: rows[first].dataset.u, to: rows[last].dataset.u };
  const address = `${location.pathname}?${new URLSearchParams(place)}`;
  try {
    const answer = await fetch(address, { headers: { 'X-Fragment': 'form' } });
    if (!answer.ok) throw new Error(answer.status);
    const undo = panel.querySelector('.last');
    panel.innerHTML = await answer.text();
    if (undo) panel.append(undo);
    panel.querySelector('[name=what]')?.focus();
  } catch {
    location.href = `${address}#form`;
  }
}

const press = (row, key) => row?.querySelector(`[data-key="${key}"]`)?.click();
const acts = {
  j: () => show(Math.min(last + 1, rows.length - 1)),
  k: () => show(Math.max(first - 1, 0)),
  J: () => show(first, Math.min(last + 1, rows.length - 1)),
  K: () => show(first, Math.max(first, last - 1)),
  n: () => seek(1),
  p: () => seek(-1),
  t: tag,
  a: () => press(rows[first], 'a'),
  x: () => press(rows[first], 'x'),
  u: () => press(panel, 'u'),
};

transcript.addEventListener('keydown', event => {
  if (event.target !== transcript || event.ctrlKey || event.metaKey || event.altKey) return;
  if (!lettersOn.checked || !acts[event.key]) return;
  event.preventDefault();
  acts[event.key]();
});
document.querySelectorAll('.keybar [data-key]').forEach(button => {
  button.addEventListener('click', () => acts[button.dataset.key]());
});
panel.addEventListener('keydown', event => {
  const form = event.target.closest('[data-draft]');
  if (!form) return;
  if (event.key === 'Enter' && event.target.tagName === 'TEXTAREA' && !event.shiftKey) {
    event.preventDefault();
    form.requestSubmit();
  }
  if (event.key === 'Escape') {
    panel.querySelector('[data-cancel]').click();
  }
});

// What is typed outlives a lost connection or a closed tab, until it is saved.
panel.addEventListener('input', event => {
  const form = event.target.closest('[data-draft]');
  if (form) sessionStorage.setItem(kept, form.elements.u.value + '\n' + form.elements.what.value);
});
panel.addEventListener('submit', () => sessionStorage.removeItem(kept));
const [line, words] = (sessionStorage.getItem(kept) ?? '').split('\n');
const open = panel.querySelector('[data-draft]');
if (open && open.elements.u.value === line) open.elements.what.value = words;

try {
  lettersOn.checked = localStorage.getItem('letter keys') !== 'off';
  lettersOn.addEventListener('change', () => {
    localStorage.setItem('letter keys', lettersOn.checked ? 'on' : 'off');
  });
} catch { /* storage is closed; the keys stay on */ }
if (!open) transcript.focus({ preventScroll: true });
rows[first]?.scrollIntoView({ block: 'nearest' });
