// The queue's keys. The page works without them: they press its own buttons and follow its own links. They
// act only while the queue itself has the focus, and can be switched off.
const queue = document.getElementById('queue');
const keysOn = document.getElementById('keys-on');
const entries = () => [...queue.querySelectorAll('.asked-who')];
const current = () => queue.querySelector('[aria-current]');

function go(step) {
  const all = entries();
  const next = all[all.indexOf(current()) + step];
  if (!next) return;
  current().removeAttribute('aria-current');
  next.setAttribute('aria-current', 'true');
  next.scrollIntoView({ block: 'nearest' });
}

function press(key) {
  const found = current()?.querySelector(`[data-key="${key}"]`);
  if (!found) return false;
  if (found.hash) document.querySelector(found.hash).focus();
  else found.click();
  return true;
}

queue.addEventListener('keydown', event => {
  if (event.target !== queue || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  if (event.key.length === 1 && !keysOn?.checked) return;
  if (event.key === 'j') go(1);
  else if (event.key === 'k') go(-1);
  else if (!press(event.key)) return;
  event.preventDefault();
});
queue.addEventListener('focusin', event => {
  const entry = event.target.closest('.asked-who');
  if (!entry || entry === current()) return;
  current()?.removeAttribute('aria-current');
  entry.setAttribute('aria-current', 'true');
});
queue.addEventListener('click', event => {
  const link = event.target.closest('a[data-key]');
  if (!link) return;
  event.preventDefault();
  document.querySelector(link.hash).focus();
});
if (keysOn) {
  keysOn.checked = localStorage.getItem('letter keys') !== 'off';
  keysOn.addEventListener('change', () => {
    localStorage.setItem('letter keys', keysOn.checked ? 'on' : 'off');
  });
  queue.focus({ preventScroll: true });
}
