// The desk's keys. The page works without them: they move the current row, mark words, and send the same
// links and forms, of whose answers they take over what changed. Letters act only while the transcript
// has the focus, and can be switched off.
import { listening } from './listening.js';

const PLACE = ['tally', 'source', 'where', 'along', 'transcript', 'said', 'last']; // anew on another page
const PARTS = [...PLACE, 'draft']; // and after an act
const ONCE = new Set(['a', 'x', 'u', 't', 'v', 'h']); // not again while the key is held down

const byId = id => document.getElementById(id);
const transcript = byId('transcript');
const strip = byId('strip');
const panel = byId('form');
const page = location.pathname;
const store = `draft ${transcript.dataset.hearing}`;
const rows = () => [...transcript.querySelectorAll('.row')];
const draft = () => panel.querySelector('[data-draft]');

let shown = location.search; // which page of the transcript this is
let first = 0;
let last = 0;

// Where we are

function findCurrent(block = 'center') {
  const all = rows();
  first = Math.max(0, all.findIndex(row => row.hasAttribute('aria-current')));
  last = Math.max(first, all.findLastIndex(row => row.hasAttribute('aria-current')));
  all[last]?.scrollIntoView({ block });
}

function show(from, to = from) {
  const all = rows();
  if (!all[from] || !all[to]) return;
  all.slice(first, last + 1).forEach(row => row.removeAttribute('aria-current'));
  [first, last] = [from, to];
  all.slice(first, last + 1).forEach(row => row.setAttribute('aria-current', 'true'));
  byId('pos').textContent = all[first].querySelector('.no').firstChild.data;
  all[last].scrollIntoView({ block: 'nearest' });
}

function seek(step) {
  const all = rows();
  for (let i = (step > 0 ? last : first) + step; all[i]; i += step) {
    if (all[i].classList.contains('sugg')) return show(i);
  }
  if (step > 0) transcript.querySelector('[data-key="next-page"]')?.click();
}

// Which words

// Characters of a row's words before a place in it, counted as the server counts them.
function offsetIn(row, node, offset) {
  const words = row.querySelector('p');
  const range = document.createRange();
  range.selectNodeContents(words);
  if (range.comparePoint(node, offset) < 0) return 0;
  if (range.comparePoint(node, offset) > 0) return [...words.textContent].length;
  range.setEnd(node, offset);
  return [...range.toString()].length;
}

// The words marked by mouse, as ids and offsets; null where none are.
function marked() {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  const touched = rows().filter(row => range.intersectsNode(row.querySelector('p')));
  const inside = touched.filter(row => {
    const end = offsetIn(row, range.endContainer, range.endOffset);
    return end > offsetIn(row, range.startContainer, range.startOffset);
  });
  if (!inside.length) return null;
  const [from, to] = [inside[0], inside.at(-1)];
  return {
    u: from.dataset.u,
    to: to.dataset.u,
    start: offsetIn(from, range.startContainer, range.startOffset),
    end: offsetIn(to, range.endContainer, range.endOffset),
  };
}

// The words to tag: those marked by mouse, the extended lines, a suggestion's own words, or the line.
function chosen() {
  const all = rows();
  const words = marked();
  if (words) return new URLSearchParams(words);
  if (first === last && all[first]?.dataset.span) return new URLSearchParams(all[first].dataset.span);
  return new URLSearchParams({ u: all[first].dataset.u, to: all[last].dataset.u });
}

// Talking to the server, one thing after the other

let busy = Promise.resolve();
const inTurn = act => (busy = busy.then(act).catch(() => { byId('offline').hidden = false; }));

async function ask(address, options = {}) {
  const answer = await fetch(address, options);
  if (!answer.ok) throw new Error(answer.status);
  if (new URL(answer.url).pathname !== page) location.href = answer.url; // a login that has ended
  return { text: await answer.text(), url: answer.url };
}

function takeOver(html, parts = PARTS, block = 'nearest') {
  const fresh = new DOMParser().parseFromString(html, 'text/html');
  for (const id of parts) byId(id).replaceChildren(...fresh.getElementById(id).childNodes);
  if (parts.includes('transcript')) findCurrent(block);
}

// To another page of the transcript, or another draft, while the recording plays on.
function visit(address, remember = true) {
  return inTurn(async () => {
    const { text, url } = await ask(address);
    const isDraft = new URL(url).searchParams.has('u');
    takeOver(text, draft() && !isDraft ? PLACE : PARTS, 'center');
    bringBack();
    if (remember) history.pushState(null, '', url);
    shown = location.search;
    if (isDraft) draft()?.elements.what.focus();
    else transcript.focus({ preventScroll: true });
  });
}

function send(form, button) {
  const body = new URLSearchParams(new FormData(form, button));
  const isDraft = form.matches('[data-draft]');
  if (body.has('next')) body.set('next', page + location.search);
  return inTurn(async () => {
    const { text, url } = await ask(form.action, { method: 'POST', body });
    takeOver(text, form.dataset.parts?.split(' '));
    history.replaceState(null, '', url);
    shown = location.search;
    const problem = panel.querySelector('.error:not([hidden])');
    if (problem) return problem.focus();
    if (isDraft) forget();
    transcript.focus({ preventScroll: true });
  });
}

function tag() {
  if (!rows().length) return undefined;
  const address = `${page}?${chosen()}`;
  return inTurn(async () => {
    const { text } = await ask(address, { headers: { 'X-Fragment': 'form' } });
    byId('draft').innerHTML = text;
    byId('offline').hidden = true;
    bringBack();
    panel.scrollTop = 0;
    panel.scrollIntoView({ block: 'nearest' });
    draft()?.elements.what.focus();
  });
}

function cancel() {
  const form = draft();
  if (!form) return;
  inTurn(async () => {
    byId('draft').innerHTML = (await ask(page, { headers: { 'X-Fragment': 'form' } })).text;
    transcript.focus({ preventScroll: true });
  });
}

// Another type or question has another date, as long as nobody has touched it.
function refreshDue(form) {
  const { due_on: day, due_basis: basis } = form.elements;
  const untouched = day.value === day.defaultValue && basis.selectedOptions[0]?.defaultSelected;
  if (!untouched) return;
  const given = new URLSearchParams(new FormData(form));
  given.delete('csrfmiddlewaretoken');
  for (const name of ['internal_note', 'what', 'due_on', 'due_basis']) given.delete(name);
  inTurn(async () => {
    byId('due').innerHTML = (await ask(`${page}?${given}`, { headers: { 'X-Fragment': 'due' } })).text;
  });
}

// What is typed outlives a click outside, a lost connection or a closed tab, until it is saved

const placeOf = form => ['u', 'to', 'start', 'end'].map(name => form.elements[name].value).join(' ');
const readKept = () => JSON.parse(sessionStorage.getItem(store) ?? '{}');
const writeKept = all => sessionStorage.setItem(store, JSON.stringify(all));

function keep(form) {
  const values = [...new FormData(form)].filter(([name]) => name !== 'csrfmiddlewaretoken');
  writeKept({ ...readKept(), [placeOf(form)]: values });
  byId('kept').hidden = false;
}

let sent = '';
function forget() {
  const { [sent]: _saved, ...others } = readKept();
  writeKept(others);
}

function bringBack() {
  const form = draft();
  const values = form && readKept()[placeOf(form)];
  if (!values) return;
  for (const box of form.querySelectorAll('[type=checkbox]')) box.checked = false;
  for (const [name, value] of values) {
    const field = form.elements[name];
    if (field instanceof RadioNodeList || field?.type !== 'checkbox') field.value = value;
    else field.checked = true;
  }
  byId('kept').hidden = false;
}

// Keys and buttons

const press = key => rows()[last]?.querySelector(`[data-key="${key}"]`)?.click();
const acts = {
  j: () => show(Math.min(last + 1, rows().length - 1)),
  k: () => show(Math.max(first - 1, 0)),
  J: () => show(first, Math.min(last + 1, rows().length - 1)),
  K: () => show(first, Math.max(first, last - 1)),
  n: () => seek(1),
  p: () => seek(-1),
  t: tag,
  a: () => inTurn(() => press('a')),
  x: () => inTurn(() => press('x')),
  u: () => inTurn(() => panel.querySelector('[data-key="u"]')?.click()),
  w: () => { location.href = `${transcript.dataset.voice}?${chosen()}`; },
  P: () => document.querySelector('[data-key="P"]').click(),
  g: () => byId('goto').select(),
  '/': () => byId('find').select(),
  '?': () => { byId('keys').open = !byId('keys').open; },
  ...listening({ show, visit }),
  Enter: () => draft()?.requestSubmit(),
  Escape: cancel,
};

transcript.addEventListener('keydown', event => {
  const { key } = event;
  if (event.target !== transcript || event.ctrlKey || event.metaKey || event.altKey) return;
  if (!acts[key] || (key.length === 1 && !byId('keys-on').checked)) return;
  event.preventDefault();
  if (event.repeat && ONCE.has(key)) return;
  acts[key]();
});
document.querySelectorAll('.keybar [data-do]').forEach(button => {
  button.addEventListener('click', () => acts[button.dataset.do]());
});
transcript.addEventListener('click', event => {
  const row = event.target.closest('.row');
  if (!row || event.target.closest('button')) return;
  const at = rows().indexOf(row);
  if (event.target.closest('.no') && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    getSelection().removeAllRanges();
    show(at);
    tag();
  } else if (!event.target.closest('a') && getSelection().isCollapsed) {
    show(at);
  }
});
panel.addEventListener('keydown', event => {
  const form = event.target.closest('[data-draft]');
  if (!form) return;
  if (event.key === 'Enter' && event.target.tagName === 'TEXTAREA' && !event.shiftKey) {
    event.preventDefault();
    form.requestSubmit();
  }
  if (event.key === 'Escape') cancel();
});
panel.addEventListener('click', event => {
  if (!event.target.closest('[data-cancel]')) return;
  event.preventDefault();
  cancel();
});
panel.addEventListener('input', event => {
  const form = event.target.closest('[data-draft]');
  if (!form) return;
  keep(form);
  if (['type', 'question'].includes(event.target.name)) refreshDue(form);
});
for (const where of [strip, transcript, panel]) {
  where.addEventListener('submit', event => {
    event.preventDefault();
    if (event.target.matches('[data-draft]')) sent = placeOf(event.target);
    if (event.target.method === 'post') send(event.target, event.submitter);
    else visit(`${page}?${new URLSearchParams(new FormData(event.target))}`);
  });
  where.addEventListener('click', event => {
    const link = event.target.closest('a[href^="?at="]');
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    visit(link.href);
  });
}
window.addEventListener('popstate', () => {
  if (location.search !== shown) visit(location.href, false);
});

byId('keys-on').checked = localStorage.getItem('letter keys') !== 'off';
byId('keys-on').addEventListener('change', event => {
  localStorage.setItem('letter keys', event.target.checked ? 'on' : 'off');
});
findCurrent();
bringBack();
if (!draft()) transcript.focus({ preventScroll: true });
